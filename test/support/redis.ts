import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Redis } from 'ioredis'
import { environment } from '../../src/config.ts'
import { freePort } from '../../src/store/free-port.ts'

export type TestRedis = {
  url: string
  /** Empties it, as `FLUSHALL` does. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Whether `redis-server` is on the PATH. Where it is not, its tests are skipped and say how to get it; with `CI=true` its
 * absence is a failure.
 */
export function hasRedis(): boolean {
  const { PATH = '', CI } = environment()
  const there = PATH.split(delimiter).some((folder) => canRun(join(folder, 'redis-server')))
  if (there) return true
  const advice = 'redis-server is not on the PATH (Debian: apt-get install redis-server).'
  if (CI === 'true') throw new Error(advice)
  console.warn(`Tests on Redis are skipped: ${advice}`)
  return false
}

/** A Redis of its own on a free port, keeping nothing on disk. */
export async function openTestRedis(): Promise<TestRedis> {
  const port = await freePort()
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'ignore'], cwd: '/' })
  const over = new Promise<void>((resolve) => server.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('Ready to accept connections')) resolve()
    })
    server.once('error', reject)
    void over.then(() => reject(new Error(`redis-server ended: ${said}`)))
  })
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url)
  return {
    url,
    flush: async () => {
      await client.flushall()
    },
    async close() {
      client.disconnect()
      server.kill('SIGKILL')
      await over
    },
  }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
