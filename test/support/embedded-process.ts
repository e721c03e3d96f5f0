/**
 * A process that runs an embedded PostgreSQL until SIGTERM.
 * Usage: node --import tsx embedded-process.ts FOLDER. Prints one JSON line once it serves.
 */
import { openEmbeddedPostgres } from '../../src/store/embedded.ts'

const { url, adopted, stop } = await openEmbeddedPostgres(process.argv[2]!)
const alive = setInterval(() => {}, 60_000)
process.once('SIGTERM', async () => {
  await stop()
  clearInterval(alive)
})
process.stdout.write(`${JSON.stringify({ url, adopted })}\n`)
