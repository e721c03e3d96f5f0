/**
 * The only script of the dashboard, written for browsers as they are: it ticks the countdowns by Vigie's clock and,
 * when the stream tells of something, fetches the page's part again and swaps the regions that changed. A hidden page
 * holds no connection. `lengthWords` says what `relative.ts` says.
 */
export const LIVE_SCRIPT = `'use strict'
{
  const main = document.getElementById('main')
  const clock = document.getElementById('clock')
  const liveness = document.getElementById('liveness')
  const interests = (main.dataset.live || '').split(' ')
  /** Without news the page is fetched again after this time, sooner when the stream is down. */
  const CALM_MS = 30000
  const BLIND_MS = 10000
  /** Events in quick succession are one fetch. */
  const GATHER_MS = 150

  let anchor = readAnchor(document.getElementById('page'))
  let newestSeq = seqOf(main)
  let source = null
  let isHeard = false
  let isFetching = false
  let isStale = false
  let timer = 0

  function readAnchor(page) {
    return { at: Number(page.dataset.now), speed: Number(page.dataset.speed), wall: performance.now() }
  }

  function seqOf(page) {
    return Math.max(0, ...[...page.querySelectorAll('[data-seq]')].map((told) => Number(told.dataset.seq)))
  }

  function now() {
    return anchor.at + (performance.now() - anchor.wall) * anchor.speed
  }

  function lengthWords(ms) {
    const seconds = Math.floor(ms / 1000)
    const minutes = Math.floor(seconds / 60)
    const hours = Math.floor(minutes / 60)
    const days = Math.floor(hours / 24)
    if (days >= 730) return Math.floor(days / 365) + ' y'
    if (days >= 14) return days + ' d'
    if (days > 0) return days + ' d ' + (hours % 24) + ' h'
    if (hours > 0) return hours + ' h ' + (minutes % 60) + ' min'
    if (minutes > 0) return minutes + ' min ' + (seconds % 60) + ' s'
    return seconds + ' s'
  }

  function oneUnit(length) {
    return length.split(' ').slice(0, 2).join(' ')
  }

  function relativeWords(at, now) {
    const left = at - now
    if (Math.abs(left) < 1000) return 'now'
    return left > 0 ? 'in ' + lengthWords(left) : oneUnit(lengthWords(-left)) + ' ago'
  }

  function windowWords(from, to, now) {
    if (now < from) return relativeWords(from, now)
    const left = to - now
    return left >= 0 ? 'open, ' + lengthWords(left) + ' left' : 'over for ' + oneUnit(lengthWords(-left))
  }

  function say(element, words) {
    if (element.textContent !== words) element.textContent = words
  }

  function tick() {
    const at = now()
    const date = new Date(at)
    say(clock, date.toUTCString().slice(0, 3) + ' ' + date.toUTCString().slice(5, 11) + ' ' + date.toISOString().slice(11, 19))
    for (const element of main.querySelectorAll('time[data-at]'))
      say(element, relativeWords(Number(element.dataset.at), at))
    for (const element of main.querySelectorAll('time[data-from]'))
      say(element, windowWords(Number(element.dataset.from), Number(element.dataset.to), at))
  }

  /** What a person opened, chose or reached stays as it is. */
  function swap(old, fresh) {
    for (const details of old.querySelectorAll('details[id][open]')) {
      const same = fresh.querySelector('#' + CSS.escape(details.id))
      if (same) same.open = true
    }
    const focused = old.contains(document.activeElement) ? document.activeElement : null
    const key = focused && (focused.id ? '#' + CSS.escape(focused.id) : focused.getAttribute('href') && 'a[href="' + CSS.escape(focused.getAttribute('href')) + '"]')
    const scrolled = [...old.querySelectorAll('.scroll')].map((box) => box.scrollLeft)
    old.replaceWith(fresh)
    fresh.querySelectorAll('.scroll').forEach((box, i) => { box.scrollLeft = scrolled[i] || 0 })
    if (key) fresh.querySelector(key)?.focus({ preventScroll: true })
  }

  function isBusy(region) {
    const focused = document.activeElement
    return region.contains(focused) && /^(INPUT|SELECT|TEXTAREA)$/.test(focused.tagName)
  }

  function markup(region) {
    const copy = region.cloneNode(true)
    for (const element of copy.querySelectorAll('time[data-at], time[data-from]')) element.textContent = ''
    for (const element of copy.querySelectorAll('details')) element.open = false
    for (const element of copy.querySelectorAll('.fresh')) element.classList.remove('fresh')
    return copy.innerHTML
  }

  function draw(html) {
    const page = new DOMParser().parseFromString(html, 'text/html').getElementById('page')
    if (!page) return
    anchor = readAnchor(page)
    for (const told of page.querySelectorAll('[data-seq]'))
      if (Number(told.dataset.seq) > newestSeq) told.classList.add('fresh')
    newestSeq = seqOf(page)
    const fresh = new Map([...page.querySelectorAll('[data-region]')].map((region) => [region.id, region]))
    const shown = [...main.querySelectorAll('[data-region]')]
    if (shown.length !== fresh.size || shown.some((region) => !fresh.has(region.id))) {
      swap(document.getElementById('page'), document.adoptNode(page))
    } else {
      for (const region of shown) {
        const next = fresh.get(region.id)
        if (!isBusy(region) && markup(region) !== markup(next)) swap(region, document.adoptNode(next))
      }
    }
    tick()
  }

  async function refresh() {
    if (isFetching) { isStale = true; return }
    isFetching = true
    isStale = false
    clearTimeout(timer)
    try {
      const address = new URL(location.href)
      address.searchParams.set('fragment', '1')
      const answer = await fetch(address, { headers: { accept: 'text/html' }, redirect: 'manual' })
      if (answer.type === 'opaqueredirect' || answer.status === 401) { location.reload(); return }
      if (answer.ok) draw(await answer.text())
      tell(answer.ok ? (isHeard ? 'Live' : 'Live stream lost; still looking') : 'The server is in trouble; still looking')
    } catch {
      tell('No connection; still looking')
    } finally {
      isFetching = false
    }
    plan(isStale ? GATHER_MS : isHeard ? CALM_MS : BLIND_MS)
  }

  function plan(ms) {
    clearTimeout(timer)
    timer = setTimeout(refresh, ms)
  }

  function tell(words) {
    say(liveness, words)
    document.documentElement.dataset.liveness = isHeard ? 'live' : 'lost'
  }

  function concerns(about) {
    return interests.includes('*') || about.includes('*') || about.some((subject) => interests.includes(subject))
  }

  function connect() {
    if (source || document.hidden) return
    source = new EventSource('/live')
    source.addEventListener('open', () => {
      const isBack = !isHeard
      isHeard = true
      tell('Live')
      if (isBack) plan(GATHER_MS)
    })
    source.addEventListener('error', () => {
      isHeard = false
      tell('Live stream lost; still looking')
      if (source.readyState === EventSource.CLOSED) {
        disconnect()
        setTimeout(connect, BLIND_MS)
      }
      plan(BLIND_MS)
    })
    source.addEventListener('news', (message) => {
      const news = JSON.parse(message.data)
      anchor = { at: news.now, speed: news.speed, wall: performance.now() }
      tick()
      if (news.moved || concerns(news.about)) plan(GATHER_MS)
    })
  }

  function disconnect() {
    if (source) source.close()
    source = null
  }

  if (main.dataset.live) {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) { connect(); void refresh(); return }
      disconnect()
      isHeard = false
      clearTimeout(timer)
    })
    addEventListener('pagehide', disconnect)
    addEventListener('pageshow', connect)
    connect()
    setInterval(tick, 1000)
    tick()
  }
}
`
