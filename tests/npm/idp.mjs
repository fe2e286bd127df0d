// oidc-provider as a program: an OpenID Connect issuer that is not ours. CONFIG holds console (its callback), resources (URL to
// the format of its tokens) and secrets; the line "rotate" on standard input changes the signing keys, the end of input ends it.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

// Standard output is for facts alone.
console.info = console.error;
const config = JSON.parse(process.argv[2]);
const say = (fact) => console.log(JSON.stringify(fact));
const people = { nora: ['nurses'], ada: ['approvers', 'analysts'] };
let generation = 0;
let handle;

const keys = () => {
  generation += 1;
  return { keys: [['ES256', 'ec', { namedCurve: 'P-256' }], ['RS256', 'rsa', { modulusLength: 2048 }]].map(([alg, type, options]) => (
    { ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: `${alg}-${generation}` })) };
};

const client = (id, more) => ({ client_id: id, response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'none', application_type: 'native', ...more });
const confidential = (id, grants) => client(id, { client_secret: config.secrets[id], token_endpoint_auth_method: 'client_secret_basic', grant_types: grants, response_types: [], redirect_uris: [] });

const begin = (issuer) => {
  const provider = new Provider(issuer, {
    jwks: keys(),
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub', 'groups', 'name'] },
    conformIdTokenClaims: false,
    findAccount: (ctx, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id, name: id, groups: people[id] }) } : undefined),
    extraTokenClaims: (ctx, token) => ({ groups: people[token.accountId] }),
    clients: [
      client('chaperone-console', { redirect_uris: [config.console] }),
      client('desk', { redirect_uris: ['http://127.0.0.1/callback'] }),
      confidential('night-batch', ['client_credentials']),
      confidential('gateway', []),
    ],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (ctx, asking) => asking.clientId === 'gateway' },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [],
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => ({
          scope: 'mcp mcp.search', audience: resource, accessTokenTTL: 600, accessTokenFormat: config.resources[resource], jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
  handle = provider.callback();
};

const server = createServer((request, response) => handle(request, response));
server.listen(config.port, '127.0.0.1', () => {
  begin(`http://127.0.0.1:${config.port}`);
  say({ ready: true });
});
createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'rotate') {
      begin(`http://127.0.0.1:${config.port}`);
      say({ rotated: generation });
    }
  })
  .on('close', () => process.exit(0));
