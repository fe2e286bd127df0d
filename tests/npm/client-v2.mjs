// The TypeScript SDK v2 as a program: URL TOKEN MODE MRN [TOOL REASON]; prints what it was told as JSON. MODE is legacy or auto.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [url, token, mode, mrn, name = 'get_patient', reason] = process.argv.slice(2);
const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } });
const client = new Client({ name: 'typescript-sdk-v2', version: '1' }, mode === 'auto' ? { versionNegotiation: { mode: 'auto' } } : {});
await client.connect(transport);
const { tools } = await client.listTools();
const result = await client.callTool({ name, arguments: { mrn, reason } });
console.log(JSON.stringify({ version: client.getNegotiatedProtocolVersion(), tools: tools.map((tool) => tool.name), result }));
await client.close();
