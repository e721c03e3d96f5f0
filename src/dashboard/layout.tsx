/**
 * Pages: what a person sees, drawn whole by the server. `layout` is the frame around each, `pages/` what stands in it.
 * A page is cut into regions; the one small script fetches them again when something happens and swaps those that
 * changed, so that everything also works without it.
 */
import type { Child } from 'hono/jsx'
import { ASSETS } from './assets.ts'

/** What the frame needs to know about this installation, this moment and this visitor. */
export type Frame = {
  now: Date
  /** Seconds of Vigie's clock in a second of the wall's. */
  speed: number
  registries: 'sandbox' | 'live'
  registrarName: string
  /** The visitor may see pages at all. */
  isInside: boolean
  /** Somebody signed in with a token, so can sign out. */
  isSignedIn: boolean
}

const NAVIGATION = [
  { path: '/', words: 'Overview' },
  { path: '/names', words: 'Names' },
  { path: '/captures', words: 'Captures' },
  { path: '/switches', words: 'Switches' },
  { path: '/queues', words: 'Queues' },
] as const
export type Section = (typeof NAVIGATION)[number]['path']

/** A page's own part. */
export type Page = {
  title: string
  section: Section | null
  /** Subjects whose events change it, `*` for all; null when it never changes by itself. */
  live: readonly string[] | null
  body: Child
}

/** Seconds between two fetches of a page whose visitor has no script. */
const REFRESH_SECONDS = 15

export const Layout = ({ frame, page }: { frame: Frame; page: Page }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${page.title} · Vigie`}</title>
      <link rel="icon" href={ASSETS.icon.path} type="image/svg+xml" />
      <link rel="stylesheet" href={ASSETS.style.path} />
      {page.live && (
        <>
          <script src={ASSETS.script.path} defer></script>
          <noscript>
            <meta http-equiv="refresh" content={String(REFRESH_SECONDS)} />
          </noscript>
        </>
      )}
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Banner registries={frame.registries} />
      <header class="top">
        <a class="mark" href="/">
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M12 2v20M7 9h10l-1.5 5h-7zM12 2l5 2-5 2" />
          </svg>
          Vigie
        </a>
        {frame.isInside && <Navigation section={page.section} />}
        <p class="clock" title="The time that Vigie lives by">
          <time id="clock" datetime={frame.now.toISOString()}>
            {clockWords(frame.now)}
          </time>{' '}
          UTC
        </p>
      </header>
      <main id="main" tabindex={-1} data-live={page.live?.join(' ')}>
        <Body frame={frame} page={page} />
      </main>
      <footer class="bottom">
        <p>{frame.registrarName}</p>
        <p>
          <a href="/openapi.json">API</a>
        </p>
        <p id="liveness" role="status"></p>
        {frame.isSignedIn && (
          <form method="post" action="/sign-out">
            <button type="submit" class="quiet">
              Sign out
            </button>
          </form>
        )}
      </footer>
    </body>
  </html>
)

/** What a fragment holds: the page's part alone, with the clock it was drawn by. */
export const Body = ({ frame, page }: { frame: Frame; page: Page }) => (
  <div id="page" data-now={frame.now.getTime()} data-speed={frame.speed}>
    {page.body}
  </div>
)

const Navigation = ({ section }: { section: Section | null }) => (
  <nav aria-label="Main">
    <ul>
      {NAVIGATION.map(({ path, words }) => (
        <li>
          <a href={path} aria-current={path === section ? 'page' : undefined}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const Banner = ({ registries }: { registries: Frame['registries'] }) =>
  registries === 'sandbox' ? (
    <p class="banner">
      <strong>Sandbox:</strong> nothing here reaches a real registry.
    </p>
  ) : null

/** `Mon 23 Nov 19:00:07`. */
export const clockWords = (now: Date): string =>
  `${now.toUTCString().slice(0, 3)} ${now.toUTCString().slice(5, 11)} ${now.toISOString().slice(11, 19)}`

/** A part of a page that is swapped by itself when it changes. */
export const Region = ({
  id,
  title,
  more,
  children,
}: {
  id: string
  title: string
  more?: Child
  children?: Child
}) => (
  <section id={id} data-region aria-labelledby={`${id}-title`}>
    <header class="region-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {more}
    </header>
    {children}
  </section>
)
