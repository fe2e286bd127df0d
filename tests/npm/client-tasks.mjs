// The TypeScript SDK v1 as a program that runs a task: URL TOKEN OTHER_TOKEN. The person of OTHER_TOKEN then tries for it. Prints what both were told as JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';

const [url, token, otherToken] = process.argv.slice(2);
const connect = async (bearer) => {
  const client = new Client({ name: 'typescript-sdk-v1', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${bearer}` } } }));
  await client.listTools();
  return client;
};
const run = async (client, of) => {
  const seen = [];
  let id, result;
  for await (const message of client.experimental.tasks.callToolStream({ name: 'report', arguments: { of } }, CallToolResultSchema, { task: { ttl: 60000 } })) {
    seen.push(message.type);
    if (message.type === 'taskCreated') id = message.task.taskId;
    if (message.type === 'taskStatus' && message.task.taskId !== id) throw new Error('the id changed');
    if (message.type === 'result') result = message.result;
    if (message.type === 'error') throw message.error;
  }
  return { seen, id, result };
};
const attempt = async (action) => {
  try {
    return { told: await action() };
  } catch (error) {
    return { error: error.message };
  }
};

const [mine, other] = [await connect(token), await connect(otherToken)];
const first = await run(mine, 'ward-4b');
const theirs = await run(other, 'ward-7');
const tasks = (client) => client.experimental.tasks;
console.log(JSON.stringify({
  first, theirs,
  list: (await tasks(mine).listTasks()).tasks.map((task) => task.taskId),
  again: (await tasks(mine).getTaskResult(first.id, CallToolResultSchema)),
  stolen: {
    get: await attempt(() => tasks(other).getTask(first.id)),
    result: await attempt(() => tasks(other).getTaskResult(first.id, CallToolResultSchema)),
    cancel: await attempt(() => tasks(other).cancelTask(first.id)),
  },
}));
process.exit(0);
