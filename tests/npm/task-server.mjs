// An MCP server of the TypeScript SDK v1 with tasks, all in one store and without sessions: it lets anybody name any task. Prints its port.
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { InMemoryTaskStore, InMemoryTaskMessageQueue } from '@modelcontextprotocol/sdk/experimental/tasks/stores/in-memory.js';
import { z } from 'zod';

const taskStore = new InMemoryTaskStore();
const taskMessageQueue = new InMemoryTaskMessageQueue();

const build = () => {
  const server = new McpServer({ name: 'tasks', version: '1' }, {
    capabilities: { tools: {}, tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } }, taskStore, taskMessageQueue,
  });
  server.experimental.tasks.registerToolTask('report', { description: 'Makes a report.', inputSchema: { of: z.string() } }, {
    async createTask({ of }, { taskStore: tasks, taskRequestedTtl }) {
      const task = await tasks.createTask({ ttl: taskRequestedTtl, pollInterval: 200 });
      setTimeout(() => taskStore.storeTaskResult(task.taskId, 'completed', { content: [{ type: 'text', text: `report of ${of}` }] }), 300);
      return { task };
    },
    getTask: (_, { taskId, taskStore: tasks }) => tasks.getTask(taskId),
    getTaskResult: (_, { taskId, taskStore: tasks }) => tasks.getTaskResult(taskId),
  });
  return server;
};

const web = createServer(async (request, response) => {
  const server = build();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => { transport.close(); server.close(); });
  await server.connect(transport);
  await transport.handleRequest(request, response);
});
web.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: web.address().port })));
process.stdin.resume().on('end', () => process.exit(0));
