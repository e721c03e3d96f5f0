import type { TestProject } from 'vitest/node'
import { createDatabase, migrate } from '../../src/store/connect.ts'
import { openEmbeddedPostgres } from '../../src/store/embedded.ts'
import { openTemporaryFolder } from './temporary.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The database on the tests' server that holds nothing. */
    postgresUrl: string
  }
}

/** Database that every test's own is cloned from. */
export const TEMPLATE = 'vigie_template'

/** One PostgreSQL for the whole run, with a migrated template database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await openTemporaryFolder()
  const postgres = await openEmbeddedPostgres(folder.path)
  const template = new URL(postgres.url)
  template.pathname = `/${TEMPLATE}`
  await createDatabase(postgres.url, TEMPLATE)
  await migrate(template.href)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await folder.remove()
  }
}
