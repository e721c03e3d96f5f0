import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FLOORS = ['src', 'jobs', 'workers']

/** What a folder may import beside itself; `src` stands for the files directly in it, words and wires that all may use. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  src: ['src/domain'],
  'src/epp': ['src', 'src/domain'],
  'src/probes': ['src', 'src/domain'],
  'src/store': ['src', 'src/domain'],
  'src/channels': ['src', 'src/epp', 'src/domain'],
  'src/events': ['src', 'src/store', 'src/domain'],
  'src/sandbox': ['src', 'src/epp', 'src/domain'],
  'src/orders': ['src', 'src/channels', 'src/probes', 'src/store', 'src/domain'],
  'src/capture': ['src', 'src/channels', 'src/probes', 'src/store', 'src/domain'],
  'src/watching': ['src', 'src/probes', 'src/store', 'src/domain'],
  'src/api': [
    'src',
    'src/orders',
    'src/watching',
    'src/capture',
    'src/events',
    'src/store',
    'src/domain',
  ],
  'src/dashboard': [
    'src',
    'src/orders',
    'src/watching',
    'src/capture',
    'src/events',
    'src/store',
    'src/domain',
  ],
  jobs: ['src', 'src/domain'],
  workers: [
    'jobs',
    'src',
    ...[
      'domain',
      'epp',
      'probes',
      'store',
      'channels',
      'events',
      'sandbox',
      'orders',
      'capture',
      'watching',
      'api',
      'dashboard',
    ].map((f) => `src/${f}`),
  ],
}

type Source = { path: string; text: string; imports: string[] }

const sources: Source[] = FLOORS.flatMap((floor) =>
  readdirSync(join(ROOT, floor), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => read(join(floor, path))),
)

function read(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const imports = [
    ...text.matchAll(
      /^(?:import|export)\b[^'"`;]*?\bfrom '(\.[^']+)'|^import '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((target) => normalize(join(dirname(path), target)))
  return { path, text, imports }
}

/** `src/domain/policy/x.ts` stands on the floor `src/domain`, `src/clock.ts` on `src`. */
function floorOf(path: string): string {
  const [top, folder, ...rest] = relative('.', path).split('/')
  return top === 'src' && rest.length > 0 ? `src/${folder}` : (top ?? '')
}

describe('the house', () => {
  it('knows every floor', () => {
    expect(
      [...new Set(sources.map(({ path }) => floorOf(path)))].filter((f) => !(f in MAY_IMPORT)),
    ).toEqual([])
  })

  it('imports only what the floor below offers', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) => {
          const [from, to] = [floorOf(path), floorOf(target)]
          return from !== to && !MAY_IMPORT[from]?.includes(to)
        })
        .map((target) => `${path} -> ${target}`),
    )
    expect(wrong).toEqual([])
  })

  it('imports files that exist', () => {
    const known = new Set(sources.map(({ path }) => path))
    const missing = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) => !known.has(target) && !target.endsWith('.json'))
        .map((target) => `${path} -> ${target}`),
    )
    expect(missing).toEqual([])
  })

  it('has no import circles', () => {
    expect(circles()).toEqual([])
  })

  it('reads the environment in config.ts alone', () => {
    const readers = sources
      .filter(({ text }) => /process\.env|import\.meta\.env/.test(text))
      .map(({ path }) => path)
    expect(readers).toEqual(['src/config.ts'])
  })

  it('constructs queues and workers of BullMQ in jobs/queue.ts alone', () => {
    const users = sources
      .filter(({ text }) => /^import (?!type).*from 'bullmq'/m.test(text))
      .map(({ path }) => path)
    expect(users).toEqual(['jobs/queue.ts'])
  })

  it('keeps SQL in the store', () => {
    const users = sources
      .filter(
        ({ path, text }) =>
          floorOf(path) !== 'src/store' &&
          /from 'drizzle-orm\/postgres-js'|from 'postgres'|\bsql`/.test(text),
      )
      .map(({ path }) => path)
    expect(users).toEqual([])
  })

  it('asks the system for the time in clock.ts alone, on the domain floor never', () => {
    const asking = sources
      .filter(
        ({ path, text }) =>
          floorOf(path) === 'src/domain' && /Date\.now\(\)|new Date\(\)|Math\.random\(/.test(text),
      )
      .map(({ path }) => path)
    expect(asking).toEqual([])
  })

  it('has no barrels and no file over 300 lines', () => {
    expect(sources.map(({ path }) => path).filter((path) => /\/index\.tsx?$/.test(path))).toEqual(
      [],
    )
    expect(
      sources.filter(({ text }) => text.split('\n').length > 301).map(({ path }) => path),
    ).toEqual([])
  })
})

/** Depth-first search for an import that leads back to its own path. */
function circles(): string[] {
  const graph = new Map(sources.map(({ path, imports }) => [path, imports]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path))
      return void found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  return found
}
