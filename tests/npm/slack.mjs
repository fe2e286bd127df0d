// Slack's own libraries as programs. MODE is receive (Bolt takes interactions), call (the Web API client calls) or socket (Socket Mode).
import { createInterface } from 'node:readline';
import bolt from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';

const [mode, ...words] = process.argv.slice(2);
const say = (fact) => console.log(JSON.stringify(fact));
const lines = createInterface({ input: process.stdin });

if (mode === 'receive') {
  const [signingSecret] = words;
  const receiver = new bolt.HTTPReceiver({ signingSecret, endpoints: '/slack/interactions', logLevel: 'error' });
  const app = new bolt.App({ receiver, authorize: async () => ({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'U1' }), logLevel: 'error' });
  app.action('chaperone_approve', async ({ ack, action, body }) => {
    await ack();
    say({ value: action.value, user: body.user.id, channel: body.container.channel_id });
  });
  app.view('chaperone_deny_reason', async ({ ack, view, body }) => {
    await ack();
    say({ words: view.state.values.reason.words.value, metadata: view.private_metadata, user: body.user.id });
  });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  say({ port: server.address().port });
  lines.on('close', () => process.exit(0));
}

if (mode === 'call') {
  const [slackApiUrl, token, channel, user, card] = words;
  const web = new WebClient(token, { slackApiUrl, retryConfig: { retries: 0 } });
  const self = await web.auth.test();
  const posted = await web.chat.postMessage({ channel, ...JSON.parse(card) });
  await web.chat.update({ channel, ts: posted.ts, ...JSON.parse(card) });
  const history = await web.conversations.history({ channel, include_all_metadata: true, oldest: '0' });
  const member = await web.users.info({ user });
  await web.chat.postEphemeral({ channel, user, text: 'told' });
  say({ team: self.team_id, metadata: history.messages[0].metadata.event_type, email: member.user.profile.email });
  process.exit(0);
}

if (mode === 'socket') {
  const [slackApiUrl, appToken] = words;
  const socket = new SocketModeClient({ appToken, clientOptions: { slackApiUrl }, logLevel: 'error' });
  socket.on('interactive', async ({ ack, body }) => {
    await ack();
    say({ value: body.actions[0].value });
  });
  await socket.start();
  lines.on('close', () => process.exit(0));
}
