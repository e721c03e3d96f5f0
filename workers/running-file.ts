import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** How the command line finds an installation that runs on an embedded PostgreSQL. */
const RunningFile = z.object({
  pid: z.number().int(),
  url: z.url(),
  databaseUrl: z.string(),
  redisUrl: z.string().nullable(),
  registries: z.enum(['sandbox', 'live']),
  sandboxFile: z.string(),
})
export type RunningFile = z.infer<typeof RunningFile>

const pathIn = (home: string) => join(home, 'running.json')

/** Readable by its owner alone: the address holds the database's password. */
export const writeRunning = (home: string, running: RunningFile): Promise<void> =>
  writeFile(pathIn(home), `${JSON.stringify(running)}\n`, { mode: 0o600 })

export async function readRunning(home: string): Promise<RunningFile | null> {
  const text = await readFile(pathIn(home), 'utf8').catch(() => null)
  return text === null ? null : RunningFile.parse(JSON.parse(text))
}

export const removeRunning = (home: string): Promise<void> => rm(pathIn(home), { force: true })
