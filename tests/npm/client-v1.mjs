// The TypeScript SDK v1 as a program: URL TOKEN MODE MRN [TOOL REASON]; prints what it was told as JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url, token, , mrn, name = 'get_patient', reason] = process.argv.slice(2);
const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } });
const client = new Client({ name: 'typescript-sdk-v1', version: '1' });
await client.connect(transport);
const { tools } = await client.listTools();
const result = await client.callTool({ name, arguments: { mrn, reason } });
console.log(JSON.stringify({ version: transport.protocolVersion, tools: tools.map((tool) => tool.name), result }));
await client.close();
