import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { FolderInUse, lockFolder, processStart } from '../../src/store/folder-lock.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

async function openFolder(): Promise<string> {
  const folder = await openTemporaryFolder()
  onTestFinished(() => folder.remove())
  return folder.path
}

/** A process that ends with the test. */
function openProcess(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child.pid!
}

test('a folder is taken once, and free again when it is given back', async () => {
  const folder = await openFolder()
  const unlock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
  await expect(lockFolder(folder)).rejects.toThrow(
    `Another Vigie (process ${process.pid}) is using ${folder}.`,
  )
  await unlock()
  await (await lockFolder(folder))()
  expect(await readdir(folder)).toEqual(['lock.2'])
})

test('of many who try at once, one gets it', async () => {
  const folder = await openFolder()
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
})

test('the lock of another live process is respected', async () => {
  const folder = await openFolder()
  const pid = openProcess()
  await writeFile(`${folder}/lock.1`, `${pid} ${await processStart(pid)}\n`)
  await expect(lockFolder(folder)).rejects.toThrow(`Another Vigie (process ${pid})`)
})

test.each([
  ['of a dead process', () => `${2 ** 22 - 1} 12345@boot\n`],
  ['of an earlier process with the number of a live one', () => `${openProcess()} 1@boot\n`],
  ['without sense', () => 'nonsense'],
  ['that is empty', () => ''],
])('a lock %s is taken over', async (_, content) => {
  const folder = await openFolder()
  await writeFile(`${folder}/lock.1`, content())
  const unlock = await lockFolder(folder)
  expect(await readdir(folder)).toEqual(['lock.2'])
  expect(await readFile(`${folder}/lock.2`, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
  await unlock()
})

test('of many who find a stale lock, one takes it over', async () => {
  const folder = await openFolder()
  await writeFile(`${folder}/lock.1`, `${2 ** 22 - 1} 12345@boot\n`)
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
})

test('the start of a process is the same word at each asking, and absent once it is over', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  const start = await processStart(child.pid!)
  expect(start).not.toBeNull()
  expect(await processStart(child.pid!)).toBe(start)
  const over = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await over
  expect(await processStart(child.pid!)).toBeNull()
})
