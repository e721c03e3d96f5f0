import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { environment } from '../../src/config.ts'

const EXECUTABLES = ['chromium', 'chromium-browser', 'google-chrome']

/** Chromium on the PATH, or null. Its absence is a skip on a desk and a failure where `CI=true`. */
export function findChromium(): string | null {
  for (const folder of (environment().PATH ?? '').split(delimiter))
    for (const name of EXECUTABLES) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        // Not here; the next place may have it.
      }
    }
  if (environment().CI === 'true') throw new Error(`Chromium is not on the PATH. ${HOW_TO_GET_IT}`)
  console.warn(`Browser tests are skipped: no Chromium on the PATH. ${HOW_TO_GET_IT}`)
  return null
}

const HOW_TO_GET_IT = 'On Debian: apt-get install chromium'

export type TestBrowser = {
  /** A page in a context of its own, so that nothing is shared but the program. */
  open(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

/** Starts Chromium without a screen. As root, and in containers with a small /dev/shm, it needs these two flags. */
export async function openBrowser(executablePath: string): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  return {
    async open(options) {
      const context = await browser.newContext(options)
      return context.newPage()
    },
    close: () => browser.close(),
  }
}
