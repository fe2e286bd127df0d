// Steps through a session, or plays it at the pace it had. Without this script the timeline is a list to be read.
'use strict';
(() => {
  const player = document.querySelector('[data-player]');
  const steps = [...document.querySelectorAll('.step[data-at]')];
  if (!player || steps.length === 0) { return; }
  const longest = 10_000;
  const times = steps.map((s) => Date.parse(s.dataset.at));
  const timeline = steps[0].parentElement;
  const playButton = player.querySelector('[data-play]');
  const pace = player.querySelector('[data-pace]');
  const place = player.querySelector('[data-place]');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let now = -1;
  let timer = 0;

  const show = (index) => {
    now = Math.max(0, Math.min(steps.length - 1, index));
    timeline.classList.add('stepping');
    steps.forEach((step, i) => {
      step.classList.toggle('now', i === now);
      step.classList.toggle('later', i > now);
    });
    const step = steps[now];
    place.textContent = `Step ${now + 1} of ${steps.length}, ${step.dataset.at.slice(11, 23)} UTC: ${step.dataset.title}`;
    const box = step.getBoundingClientRect();
    if (box.top < 90 || box.bottom > innerHeight - player.offsetHeight - 20) {
      step.scrollIntoView({ block: 'center', behavior: calm.matches ? 'auto' : 'smooth' });
    }
  };

  const wait = () => {
    const gap = Math.max(0, times[now + 1] - times[now]);
    return pace.value === 'even' ? 900 : Math.min(longest, gap / Number(pace.value));
  };

  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    playButton.textContent = 'Play';
    playButton.setAttribute('aria-pressed', 'false');
  };

  const next = () => {
    if (now + 1 < steps.length) {
      timer = setTimeout(() => { show(now + 1); next(); }, wait());
      return;
    }
    stop();

    // A long session has several pages: playing goes on where the next one begins.
    const more = document.querySelector('.paging [rel=next]');
    if (more) { location.assign(`${more.href}#play=${pace.value}`); }
  };

  const play = () => {
    if (timer) { stop(); return; }
    if (now < 0 || now === steps.length - 1) { show(0); }
    playButton.textContent = 'Pause';
    playButton.setAttribute('aria-pressed', 'true');
    next();
  };

  const step = (by) => { stop(); show(now + by); };

  player.hidden = false;
  playButton.addEventListener('click', play);
  player.querySelector('[data-back]').addEventListener('click', () => step(-1));
  player.querySelector('[data-on]').addEventListener('click', () => step(1));
  player.querySelector('[data-all]').addEventListener('click', () => {
    stop();
    now = -1;
    timeline.classList.remove('stepping');
    steps.forEach((s) => s.classList.remove('now', 'later'));
    place.textContent = `${steps.length} steps`;
  });
  pace.addEventListener('change', () => { if (timer) { clearTimeout(timer); next(); } });
  document.addEventListener('keydown', (event) => {
    if (event.target.closest('input, textarea, select, [contenteditable], dialog') || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const keys = { j: () => step(1), ArrowRight: () => step(1), k: () => step(-1), ArrowLeft: () => step(-1), p: play };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  place.textContent = `${steps.length} steps`;

  const wanted = /^#i(\d+)$/.exec(location.hash);
  const going = /^#play=(even|\d+)$/.exec(location.hash);
  if (wanted) {
    const index = steps.findIndex((s) => s.id === `i${wanted[1]}`);
    if (index >= 0) { steps[index].classList.add('now'); now = index; }
  } else if (going) {
    pace.value = going[1];
    show(0);
    play();
  }
})();
