import { readFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openLog } from '../src/log.ts'
import { openTemporaryFolder } from './support/temporary.ts'

function openMemoryLog(level: Parameters<typeof openLog>[0] = 'info') {
  const lines: string[] = []
  return { lines, log: openLog(level, { write: (line: string) => void lines.push(line) }) }
}

test('a line is one JSON object with instant, level, process and message', () => {
  const { log, lines } = openMemoryLog()
  log.info({ name: 'x.fr' }, 'looked')
  expect(JSON.parse(lines[0]!)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    pid: process.pid,
    name: 'x.fr',
    msg: 'looked',
  })
})

test('secrets are masked wherever they stand', () => {
  const { log, lines } = openMemoryLog()
  log.info(
    {
      pw: 'hunter2',
      login: { pw: 'hunter2', newPW: 'hunter2' },
      request: { headers: { authorization: 'Bearer hunter2' } },
      a: { b: { c: { token: 'hunter2', secret: 'hunter2', authInfo: 'hunter2' } } },
    },
    'logged in',
  )
  log.child({ session: { password: 'hunter2' } }).info('logged in')
  expect(lines.join()).not.toContain('hunter2')
  expect(JSON.parse(lines[0]!).login).toEqual({ pw: '[redacted]', newPW: '[redacted]' })
})

test('lines below the level are left out', () => {
  const { log, lines } = openMemoryLog('warn')
  log.info('quiet')
  log.warn('loud')
  expect(lines).toHaveLength(1)
})

test('a file is appended to, and its folder made', async () => {
  const folder = await openTemporaryFolder()
  onTestFinished(() => folder.remove())
  const path = `${folder.path}/logs/vigie.log`
  openLog('info', path).info('one')
  openLog('info', path).info('two')
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['one', 'two'])
})
