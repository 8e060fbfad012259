import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepPicture, launch, open, program, projects, writePages } from './browser.ts'
import { beyondWindow, spiltText } from './measure.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface Violation { readonly id: string, readonly nodes: readonly { readonly html: string }[] }

const names = [...projects, 'hostile words', 'one long word']
const isPng = (picture: Buffer): boolean => picture.subarray(1, 4).toString() === 'PNG'

describe.skipIf(program === undefined)('in Chromium', () => {
  let browser: Browser
  let pages: ReadonlyMap<string, string>
  beforeAll(async () => {
    pages = writePages()
    browser = await launch()
  })
  afterAll(() => browser?.close())
  const path = (name: string): string => pages.get(name) as string

  describe.each(names)('%s', (name) => {
    test.each([360, 768, 1280])('%d pixels wide: nothing is asked for, nothing sticks out', async (width) => {
      const { page, heard, close } = await open(browser, path(name), { viewport: { width, height: 800 } })
      expect(isPng(await keepPicture(page, `${name}-${width}`))).toBe(true)
      expect(heard).toEqual([])
      expect(await beyondWindow(page)).toEqual([])
      const { texts, spilt } = await spiltText(page)
      expect(texts).toBeGreaterThan(8)
      expect(spilt).toEqual([])
      await close()
    })

    test.each([['light', 360], ['dark', 1280]] as const)('axe finds nothing, %s at %d', async (colorScheme, width) => {
      const { page, close } = await open(browser, path(name), { viewport: { width, height: 800 }, colorScheme })
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      expect(background).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(18, 23, 29)')
      await page.evaluate(axe)
      const { violations, passes } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[], passes: { id: string }[] }> } }).axe.run())
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' ')}`)).toEqual([])
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(['color-contrast', 'heading-order', 'html-has-lang', 'svg-img-alt', ...(width === 360 ? ['scrollable-region-focusable'] : [])]))
      if (colorScheme === 'dark') await keepPicture(page, `${name}-${width}-dark`)
      await close()
    })

    test('on paper no table is cut and addresses are printed', async () => {
      const { page, close } = await open(browser, path(name), { viewport: { width: 680, height: 1000 } })
      await page.emulateMedia({ media: 'print' })
      const cut = await page.evaluate(() => [...document.querySelectorAll('.scroll')].filter((region) => (region.firstElementChild as HTMLElement).offsetWidth > region.clientWidth + 1).map((region) => region.getAttribute('aria-label')))
      expect(cut).toEqual([])
      expect((await spiltText(page)).spilt).toEqual([])
      const after = await page.evaluate(() => [...document.querySelectorAll('#sources a')].map((link) => getComputedStyle(link, '::after').content))
      expect(after.length).toBeGreaterThan(0)
      for (const content of after) expect(content).toContain('https://')
      const pdf = await page.pdf({ preferCSSPageSize: true, ...(process.env['PAGE_PICTURES'] === undefined ? {} : { path: `${process.env['PAGE_PICTURES']}/${name.replaceAll(' ', '-')}.pdf` }) })
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(2)
      await close()
    })
  })

  test('the keyboard goes through the page in the order it is read, always in sight', async () => {
    const { page, close } = await open(browser, path('b2b-saas-soc2'), { viewport: { width: 1280, height: 800 } })
    const stops = await page.evaluate(() => document.querySelectorAll('a[href], [tabindex="0"]').length)
    expect(stops).toBeGreaterThan(40)
    const seen: { readonly index: number, readonly visible: boolean, readonly outline: string, readonly text: string }[] = []
    for (let at = 0; at < stops; at += 1) {
      await page.keyboard.press('Tab')
      seen.push(await page.evaluate(() => {
        const focused = document.activeElement as HTMLElement
        const box = focused.getBoundingClientRect()
        return { index: [...document.querySelectorAll('a[href], [tabindex="0"]')].indexOf(focused), visible: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.width > 0, outline: getComputedStyle(focused).outlineStyle, text: focused.textContent ?? '' }
      }))
    }
    expect(seen[0]?.text).toBe('Skip to the content')
    expect(seen.map(({ index }) => index)).toEqual([...Array(stops).keys()])
    expect(seen.filter(({ visible, outline }) => !visible || outline === 'none')).toEqual([])
    await page.keyboard.press('Home')
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await close()
  })

  test.each(projects)('%s: text twice as large still fits', async (name) => {
    const large = await launch(32)
    try {
      for (const width of [360, 768, 1280]) {
        const { page, close } = await open(large, path(name), { viewport: { width, height: 800 } })
        expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px')
        expect(await beyondWindow(page), `${width}`).toEqual([])
        expect((await spiltText(page)).spilt).toEqual([])
        if (width === 768) await keepPicture(page, `${name}-${width}-large-text`)
        await close()
      }
    } finally {
      await large.close()
    }
  })

  test('the checks find a page that loads, sticks out and hides', async () => {
    const { page, close } = await open(browser, path('solo-nextjs-mvp'), { viewport: { width: 360, height: 800 } })
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p><span class="wide">x</span><img></p>'))
    await page.evaluate(() => { (document.querySelector('span.wide') as HTMLElement).style.cssText = 'display:inline-block;width:900px' })
    await page.evaluate(() => { const [text] = [...document.querySelectorAll('svg.narrow text')]; (text as SVGTextElement).textContent = 'W'.repeat(60) })
    expect((await beyondWindow(page)).length).toBeGreaterThan(0)
    expect((await spiltText(page)).spilt.length).toBeGreaterThan(0)
    await close()
  })
})
