import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { planBlueprint } from '../../../src/engine/blueprint-run.ts'
import { renderPage } from '../../../src/engine/page/page.ts'
import { parseMarkdown } from '../../../src/project/markdown.ts'
import { knowledge } from '../../support/knowledge.ts'
import { examples, worldAt } from '../../support/world.ts'
import { hostile, pageOf } from '../../engine/page/hostile.ts'

/** The Chromium that is installed, or undefined. Nothing is downloaded. */
export const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'].find((path) => existsSync(path))

/** `defaultFontSize` is what a person sets who needs larger text; browsers start with 16. */
export const launch = (defaultFontSize = 16): Promise<Browser> =>
  // As root there is no sandbox to be had; the page is ours and loads nothing.
  chromium.launch({ executablePath: program as string, args: ['--no-sandbox', '--disable-dev-shm-usage', `--blink-settings=defaultFontSize=${defaultFontSize}`] })

export const projects = ['solo-nextjs-mvp', 'b2b-saas-soc2', 'regulated-self-hosted', 'sdl-only']

/** Pages by name, in a folder of their own: those of the projects, and one that holds hostile words everywhere. */
export function writePages(): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'blueprint-page-'))
  const put = (name: string, page: string): [string, string] => {
    const path = join(folder, `${name}.html`)
    writeFileSync(path, page)
    return [name, path]
  }
  return new Map([
    ...projects.map((name) => put(name, renderPage(planBlueprint({}, worldAt(join(examples, name))), knowledge(), parseMarkdown))),
    put('hostile words', pageOf(hostile.join(' '))),
    put('one long word', pageOf('W'.repeat(100))),
  ])
}

/** Opens a page and keeps what no page may cause: messages on the console, errors and requests. */
export async function open(browser: Browser, path: string, options: BrowserContextOptions): Promise<{ readonly page: Page, readonly heard: string[], close(): Promise<void> }> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const heard: string[] = []
  page.on('console', (message) => heard.push(`console ${message.text()}`))
  page.on('pageerror', (error) => heard.push(`error ${error.message}`))
  page.on('request', (request) => { if (request.url() !== `file://${encodeURI(path)}`) heard.push(`request ${request.url()}`) })
  await page.goto(`file://${encodeURI(path)}`)
  return { page, heard, close: () => context.close() }
}

/** Where pictures go for a person to look at, when PAGE_PICTURES names a folder. */
export async function keepPicture(page: Page, name: string): Promise<Buffer> {
  const picture = await page.screenshot()
  const folder = process.env['PAGE_PICTURES']
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${name.replaceAll(' ', '-')}-first.png`), picture)
    await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`), fullPage: true })
  }
  return picture
}
