// Everything here is comfort: each page works without it.
'use strict';
(() => {
  const fragment = { headers: { 'X-Console-Fragment': '1' }, credentials: 'same-origin', cache: 'no-store', redirect: 'error' };
  const skew = Number(document.body.dataset.now) - Date.now();

  // The list of what waits, and one request's state, are asked for every 3 s while somebody can see them.
  const every3s = (task) => {
    let timer = 0;
    let busy = false;
    const tick = async () => {
      timer = 0;
      if (busy || document.hidden) { return; }
      busy = true;
      try { await task(); } finally { busy = false; }
      if (!document.hidden && !timer) { timer = setTimeout(tick, 3000); }
    };
    document.addEventListener('visibilitychange', () => {
      clearTimeout(timer);
      timer = 0;
      if (!document.hidden) { tick(); }
    });
    timer = setTimeout(tick, 3000);
  };

  // Signed out or no longer allowed: the reloaded page says so.
  const ask = async (address) => {
    const answer = await fetch(address, fragment);
    if (answer.status === 401 || answer.status === 403) { location.reload(); }
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.text();
  };

  const list = document.querySelector('[data-poll]');
  if (list) {
    const trouble = document.querySelector('[data-poll-trouble]');
    const title = document.title;
    const count = () => {
      const waiting = Number(list.querySelector('[data-count]')?.dataset.count ?? 0);
      document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
    };
    const facts = (node) => node.textContent.replace(/expires in .*|expired/g, '').replace(/\s+/g, ' ').trim();
    count();
    every3s(async () => {
      let text;
      try {
        text = await ask(list.dataset.poll);
      } catch {
        trouble.hidden = false;
        return;
      }
      trouble.hidden = true;
      const fresh = new DOMParser().parseFromString(text, 'text/html').body;
      if (facts(fresh) === facts(list)) { return; }
      const focused = list.contains(document.activeElement) ? document.activeElement.id : '';
      list.replaceChildren(...fresh.childNodes);
      if (focused) { (document.getElementById(focused) ?? document.getElementById('main')).focus(); }
      count();
      countdown();
    });
  }

  const state = document.querySelector('[data-state]');
  if (state) {
    every3s(async () => {
      let now;
      try { now = await ask(state.dataset.state); } catch { return; }
      if (now === state.dataset.stateNow) { return; }
      const reason = document.getElementById('reason');
      if (reason && reason.value.trim()) {
        document.querySelector('[data-changed]').hidden = false;
      } else {
        location.replace(location.pathname);
      }
    });
  }

  const span = (seconds) => {
    if (seconds < 60) { return `${seconds} s`; }
    if (seconds < 3600) { return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`; }
    return `${Math.floor(seconds / 3600)} h ${String(Math.floor(seconds / 60) % 60).padStart(2, '0')} min`;
  };
  const countdown = () => {
    for (const node of document.querySelectorAll('[data-expires]')) {
      const left = Math.floor((Number(node.dataset.expires) - Date.now() - skew) / 1000);
      node.textContent = left > 0 ? `expires in ${span(left)}` : 'expired';
      node.classList.toggle('soon', left < 60);
    }
  };
  if (document.querySelector('[data-expires], [data-poll]')) {
    countdown();
    setInterval(countdown, 1000);
  }

  const form = document.querySelector('form#decision');
  if (form) {
    const reason = document.getElementById('reason');
    const problem = document.getElementById('reason-problem');
    const dialog = document.getElementById('confirm');
    const button = (value) => form.querySelector(`button[value="${value}"]`);
    const needsReason = (value) => value === 'deny' || reason.dataset.needed === 'always';
    const lacksReason = () => {
      const lacking = !reason.value.trim();
      problem.hidden = !lacking;
      reason.setAttribute('aria-invalid', String(lacking));
      if (lacking) { reason.focus(); }
      return lacking;
    };
    let sent = false;
    form.addEventListener('submit', (event) => {
      if (sent || (needsReason(event.submitter?.value) && lacksReason())) {
        event.preventDefault();
        return;
      }
      sent = true;
    });
    const confirm = (value) => {
      if (!button(value) || (needsReason(value) && lacksReason())) { return; }
      const grant = document.getElementById('grant');
      const wide = value === 'approve' && grant && grant.value !== '0';
      document.getElementById('confirm-question').textContent =
        value !== 'approve' ? 'Deny this call?' : wide ? `Approve this call, and ${grant.selectedOptions[0].textContent}?` : 'Approve this call?';
      dialog.dataset.value = value;
      dialog.showModal();
      document.getElementById('confirm-yes').focus();
    };
    document.getElementById('confirm-yes').addEventListener('click', () => {
      dialog.close();
      form.requestSubmit(button(dialog.dataset.value));
    });
    document.getElementById('confirm-no').addEventListener('click', () => dialog.close());
    document.addEventListener('keydown', (event) => {
      const typing = event.target.closest('input, textarea, select, [contenteditable]');
      if (typing || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat) { return; }
      if (event.key === 'a') { event.preventDefault(); confirm('approve'); }
      if (event.key === 'd') { event.preventDefault(); confirm('deny'); }
    });
  }

  // Times of a search: one click takes this browser's zone, and typing a time means it.
  for (const button of document.querySelectorAll('[data-my-zone]')) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const input = document.getElementById(button.dataset.myZone);
    if (!zone || input.value === zone) { continue; }
    button.textContent = `use ${zone}`;
    button.hidden = false;
    button.addEventListener('click', () => {
      input.value = zone;
      button.hidden = true;
    });
  }
  for (const input of document.querySelectorAll('[data-custom]')) {
    input.addEventListener('input', () => { document.getElementById(input.dataset.custom).value = 'custom'; });
  }

  for (const button of document.querySelectorAll('[data-copy]')) {
    if (!navigator.clipboard) { continue; }
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = 'Copied';
    });
  }
})();
