// "Verify this record": the browser fetches what proves a record and checks it with its own cryptography (WebCrypto).
// Nothing the gateway says about the result is used. RFC 6962 tree, C2SP tlog-checkpoint and signed-note formats.
'use strict';
(() => {
  const buttons = document.querySelectorAll('[data-verify]');
  if (buttons.length === 0) { return; }
  const pinName = 'chaperone.verifier-key';
  const utf8 = new TextEncoder();
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const hex = (array) => Array.from(array, (b) => b.toString(16).padStart(2, '0')).join('');
  const join = (...arrays) => {
    const all = new Uint8Array(arrays.reduce((n, a) => n + a.length, 0));
    let at = 0;
    for (const array of arrays) { all.set(array, at); at += array.length; }
    return all;
  };
  const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

  // A check is [true | false | null, sentence]; null: could not be checked.
  const hashes = async (proof, shown) => {
    const checks = [];
    const leafHash = await sha256(join(Uint8Array.of(0), proof.leaf));
    checks.push([hex(leafHash) === shown.leaf, `The leaf's hash is the one shown on this page.`, `The leaf in the ledger has hash ${hex(leafHash).slice(0, 12)}…, this page shows ${shown.leaf.slice(0, 12)}….`]);
    let leaf;
    try { leaf = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(proof.leaf)); } catch { leaf = null; }
    if (leaf === null || typeof leaf !== 'object') { return { leafHash, checks: [...checks, [false, '', 'The leaf cannot be read.']] }; }
    checks.push([
      leaf.id === shown.event && leaf.s === shown.session && leaf.k === shown.kind && String(leaf.t).slice(0, 23) === shown.at.slice(0, 23),
      'The leaf names this event, this session, its kind and its time.',
      'The leaf names another event, session, kind or time than this page shows.',
    ]);
    const headerHash = hex(await sha256(proof.header));
    checks.push([headerHash === leaf.x, 'The PHI-free header (who, what, decision) is the one that the leaf commits to.', 'The header in the store is not the one that was logged: it was altered.']);
    if (headerHash === leaf.x && shown.effect) {
      const header = JSON.parse(new TextDecoder().decode(proof.header));
      const decided = `${header.decision?.effect} ${header.decision?.rule}`;
      checks.push([decided === `${shown.effect} ${shown.rule}`, `The decision shown (${shown.effect}, rule ${shown.rule}) is the one in that header.`, `The header says ${decided}, this page says ${shown.effect} ${shown.rule}.`]);
    }
    if (proof.sealed.length === proof.objectBytes) {
      checks.push([hex(await sha256(proof.sealed)) === leaf.o, `The encrypted object (${proof.objectBytes.toLocaleString('en')} bytes) is the one that the leaf commits to.`, 'The encrypted object in the store is not the one that was logged: it was altered.']);
    } else {
      checks.push([null, `The encrypted object has ${proof.objectBytes.toLocaleString('en')} bytes, too many to be fetched here: 'chaperone verify' checks it.`]);
    }
    return { leafHash, checks };
  };

  // RFC 9162 section 2.1.3.2; sizes are BigInt, because shifts of numbers have 32 bits.
  const climb = async (leafHash, index, size, path) => {
    let node = BigInt(index);
    let last = size - 1n;
    let root = leafHash;
    if (node < 0n || node > last) { return null; }
    for (const sibling of path) {
      if (last === 0n) { return null; }
      if ((node & 1n) === 1n || node === last) {
        root = await sha256(join(Uint8Array.of(1), sibling, root));
        while ((node & 1n) === 0n && node !== 0n) { node >>= 1n; last >>= 1n; }
      } else {
        root = await sha256(join(Uint8Array.of(1), root, sibling));
      }
      node >>= 1n;
      last >>= 1n;
    }
    return last === 0n ? root : null;
  };

  const readCheckpoint = (note) => {
    const end = note.lastIndexOf('\n\n');
    const text = note.slice(0, end + 1);
    const [origin, size, root] = text.split('\n');
    if (end < 0 || !/^(0|[1-9][0-9]{0,17})$/.test(size) || !root) { throw new Error('checkpoint'); }
    const signatures = note.slice(end + 2).split('\n').filter((l) => l.startsWith('\u2014 ')).map((l) => l.split(' '));
    return { text, origin, size: BigInt(size), root: bytes(root), signatures };
  };

  const readKey = async (vkey) => {
    const [name, id, ...rest] = vkey.trim().split('+');
    const typed = bytes(rest.join('+'));
    const hash = await sha256(join(utf8.encode(`${name}\n`), typed));
    if (typed.length !== 33 || typed[0] !== 1 || hex(hash.slice(0, 4)) !== id) { throw new Error('key'); }
    return { name, id: hash.slice(0, 4), raw: typed.slice(1) };
  };

  // The log of a later year has the ledger's key under its own name: the ledger's, a slash and the year.
  const keyOf = async (key, origin) => {
    if (origin.slice(0, -5) !== key.name || !/^\/[0-9]{4}$/.test(origin.slice(-5))) { return key; }
    const hash = await sha256(join(utf8.encode(`${origin}\n`), Uint8Array.of(1), key.raw));
    return { name: origin, id: hash.slice(0, 4), raw: key.raw };
  };

  const signature = async (checkpoint, vkey) => {
    let key;
    try { key = await keyOf(await readKey(vkey), checkpoint.origin); } catch { return [false, '', 'The verifier key is not a key of the kind that signs checkpoints.']; }
    let imported;
    try {
      imported = await crypto.subtle.importKey('raw', key.raw, { name: 'Ed25519' }, false, ['verify']);
    } catch {
      // WebCrypto without Ed25519 throws at the import.
      return [null, 'This browser cannot check Ed25519 signatures, so who signed the checkpoint was NOT checked. Use Chromium 137, Firefox 129 or Safari 17, or newer; or run \'chaperone verify\'.'];
    }
    if (checkpoint.origin !== key.name) { return [false, '', `The checkpoint is of ${checkpoint.origin}, the key of ${key.name}.`]; }
    for (const [, name, base64] of checkpoint.signatures) {
      const blob = name === key.name ? bytes(base64) : new Uint8Array();
      if (blob.length === 68 && same(blob.slice(0, 4), key.id)) {
        const good = await crypto.subtle.verify({ name: 'Ed25519' }, imported, blob.slice(4), utf8.encode(checkpoint.text));
        return [good, `The checkpoint is signed by ${key.name} (key ${hex(key.id)}, Ed25519).`, `The signature on the checkpoint is not good for key ${hex(key.id)}.`];
      }
    }
    return [false, '', `The checkpoint has no signature of key ${hex(key.id)}.`];
  };

  // A browser may keep its storage from pages: then no key is kept.
  const pinned = () => { try { return localStorage.getItem(pinName); } catch { return null; } };

  const verify = async (shown) => {
    const answer = await fetch(`${location.pathname}?handler=Proof&index=${encodeURIComponent(shown.index)}`, { headers: { 'X-Console-Fragment': '1' }, credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    const got = await answer.json();
    if (got.problem) { return { checks: [[null, got.problem]], size: 0n }; }
    const proof = { leaf: bytes(got.leaf), header: bytes(got.header), sealed: bytes(got.sealed), objectBytes: got.objectBytes };
    const { leafHash, checks } = await hashes(proof, shown);
    let checkpoint;
    try { checkpoint = readCheckpoint(got.checkpoint); } catch { return { checks: [...checks, [false, '', 'The checkpoint cannot be read.']], size: 0n }; }
    const root = await climb(leafHash, got.treeIndex ?? shown.index, checkpoint.size, got.hashes.map(bytes));
    const size = checkpoint.size.toLocaleString('en');
    checks.push([root !== null && same(root, checkpoint.root), `${got.hashes.length} hashes lead from the leaf to the root of the checkpoint's tree of ${size} records.`, `The path from the leaf does not lead to the root of the checkpoint's tree of ${size} records: the record or the tree was altered.`]);
    checks.push(await signature(checkpoint, pinned() ?? got.verifierKey));
    checks.push(pinned() === null
      ? [null, 'The key came from this gateway, too. Keep it in this browser or outside (below on this page), and the next check does not depend on it.', '', 'hint']
      : [pinned().trim() === got.verifierKey.trim(), 'The key is the one that you keep in this browser.', 'The gateway now shows another key than the one that you keep in this browser.']);
    return { checks, size: checkpoint.size };
  };

  const show = (place, verdict, tone, checks) => {
    const line = document.createElement('p');
    line.className = `notice ${tone}`;
    line.textContent = verdict;
    const list = document.createElement('ul');
    list.className = 'checks';
    for (const [state, good, bad, hint] of checks) {
      const item = document.createElement('li');
      item.className = state === true ? 'ok' : state === false ? 'no' : hint ? 'hint' : 'unknown';
      item.textContent = state === false ? bad : good;
      list.append(item);
    }
    place.replaceChildren(line, list);
  };

  const run = async (button) => {
    const shown = { ...button.closest('[data-index]').dataset };
    let place = button.parentElement.nextElementSibling;
    if (!place?.classList.contains('verdict')) {
      place = document.createElement('div');
      place.className = 'verdict';
      place.setAttribute('role', 'status');
      button.parentElement.after(place);
    }
    if (!window.isSecureContext || !crypto.subtle) {
      show(place, `Record ${shown.index} was not verified: browsers check signatures on pages that came over HTTPS only. Open this page by https, or run 'chaperone verify'.`, 'wait', []);
      return;
    }
    button.disabled = true;
    try {
      const { checks, size } = await verify(shown);
      const failed = checks.filter(([state]) => state === false);
      const open = checks.filter(([state, , , hint]) => state === null && !hint);
      if (failed.length > 0) {
        show(place, `NOT verified: record ${shown.index} is not what was logged, or its proof does not hold.`, 'bad', checks);
      } else if (open.length > 0) {
        show(place, checks.length === 1 ? `Record ${shown.index} cannot be verified now.` : `Record ${shown.index} is verified in part only.`, 'wait', checks);
      } else {
        show(place, `Verified by this browser: record ${shown.index} is one of the ${size.toLocaleString('en')} records of the signed ledger, unaltered.`, 'good', checks);
      }
    } catch {
      // The network, or an answer that is none: neither says anything of the record.
      show(place, `Record ${shown.index} was not verified: the proof could not be fetched. Try again in a moment.`, 'wait', []);
    } finally {
      button.disabled = false;
    }
  };

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener('click', () => run(button));
  }

  // The key that a person keeps: a browser that remembers it notices when the gateway shows another.
  const form = document.getElementById('pin');
  if (form) {
    const input = document.getElementById('pin-key');
    const result = document.getElementById('pin-result');
    const tell = (text) => { result.textContent = text; };
    input.value = pinned() ?? '';
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        const key = await readKey(input.value);
        localStorage.setItem(pinName, input.value.trim());
        tell(`Kept in this browser: key ${hex(key.id)} of ${key.name}.`);
      } catch {
        // Of what was typed only its form is known to be wrong.
        tell('This is not a verifier key of the form name+hash+key.');
      }
    });
    document.getElementById('pin-forget').addEventListener('click', () => {
      localStorage.removeItem(pinName);
      input.value = '';
      tell('No key is kept; the one that the gateway shows is used.');
    });
  }
})();
