import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { createDatabase, type OpenDatabase, openDatabase } from '../../src/store/connect.ts'
import { TEMPLATE } from './postgres.ts'

export type TestDatabase = OpenDatabase & { url: string }

/** A migrated database of its own, dropped by `close`. */
export const openTestDatabase = (options?: { max?: number }): Promise<TestDatabase> =>
  openFrom(TEMPLATE, options)

/** A database of its own without any table, dropped by `close`. */
export const openEmptyDatabase = (): Promise<TestDatabase> => openFrom('template0')

async function openFrom(template: string, options?: { max?: number }): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await createDatabase(server, name, template)
  const url = new URL(server)
  url.pathname = `/${name}`
  const opened = openDatabase(url.href, options)
  return {
    ...opened,
    url: url.href,
    async close() {
      await opened.close()
      const client = postgres(server, { max: 1, onnotice: () => {} })
      await client`drop database if exists ${client(name)} with (force)`
      await client.end()
    },
  }
}
