// Checks a .tlog-proof with npm's @sigstore/verify, which knows nothing of Chaperone.
//
//   node verify_proof.cjs NODE-MODULES VKEY-FILE PROOF-DIRECTORY
//
// PROOF-DIRECTORY holds entry.bin and entry.tlog-proof. It prints one line, and exits 1 if the checkpoint's signature or the
// inclusion proof does not hold.
'use strict';

const { createPublicKey } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [modules, vkeyFile, directory] = process.argv.slice(2);
const { verifyCheckpoint } = require(join(modules, '@sigstore/verify/dist/tlog/checkpoint'));
const { verifyMerkleInclusion } = require(join(modules, '@sigstore/verify/dist/tlog/merkle'));

// DER of an Ed25519 SubjectPublicKeyInfo (RFC 8410) up to the 32 bytes of the key.
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function readLog(vkey) {
  const [, name, keyId, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey);
  const raw = Buffer.from(key, 'base64').subarray(1);
  return {
    baseURL: `https://${name}`,
    logID: Buffer.concat([Buffer.from(keyId, 'hex'), Buffer.alloc(28)]),
    publicKey: createPublicKey({ key: Buffer.concat([ED25519_SPKI, raw]), format: 'der', type: 'spki' }),
  };
}

function readEntry(proof, body) {
  const blank = proof.indexOf('\n\n');
  const [header, index, ...hashes] = proof.slice(0, blank).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1' || !index.startsWith('index ')) {
    throw new Error('not a tlog-proof');
  }
  return {
    canonicalizedBody: body,
    inclusionProof: {
      logIndex: index.slice('index '.length),
      hashes: hashes.map((hash) => Buffer.from(hash, 'base64')),
      checkpoint: { envelope: proof.slice(blank + 2) },
    },
  };
}

try {
  const log = readLog(readFileSync(vkeyFile, 'utf8').trim());
  const entry = readEntry(readFileSync(join(directory, 'entry.tlog-proof'), 'utf8'), readFileSync(join(directory, 'entry.bin')));
  const checkpoint = verifyCheckpoint(entry, [log]);
  verifyMerkleInclusion(entry, checkpoint);
  console.log(`OK size=${checkpoint.logSize} root=${checkpoint.logHash.toString('base64')}`);
} catch (error) {
  console.log(`FAIL ${error.message}`);
  process.exitCode = 1;
}
