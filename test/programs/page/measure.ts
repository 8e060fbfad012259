import type { Page } from 'playwright-core'

/** Elements that reach beyond the window, outside what may scroll by itself; the first five. */
export const beyondWindow = (page: Page): Promise<string[]> => page.evaluate(() => {
  const width = document.documentElement.clientWidth
  const all = [...document.querySelectorAll('body *')].filter((element) => element.closest('.scroll table, svg, .skip') === null)
  const wide = all.filter((element) => element.getBoundingClientRect().right > width + 1 || element.scrollWidth > element.clientWidth + 1 && !element.matches('.scroll, .scroll *') && getComputedStyle(element).display !== 'inline' && element.clientWidth > 0)
  return [...(document.documentElement.scrollWidth > width ? [`page is ${document.documentElement.scrollWidth} wide`] : []), ...wide.map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''} ${(element.textContent ?? '').slice(0, 40)}`)].slice(0, 5)
})

/** Text of the drawings on show that leaves its drawing or the smallest box it starts in, and text smaller than 9 pixels. */
export const spiltText = (page: Page): Promise<{ readonly texts: number, readonly spilt: string[] }> => page.evaluate(() => {
  const shown = [...document.querySelectorAll('svg[role="img"]')].filter((svg) => svg.getBoundingClientRect().width > 0)
  let texts = 0
  const spilt = shown.flatMap((svg) => {
    const frame = svg.getBoundingClientRect()
    const boxes = [...svg.querySelectorAll('rect')].map((rect) => rect.getBoundingClientRect())
    return [...svg.querySelectorAll('text')].flatMap((text) => {
      texts += 1
      const place = text.getBoundingClientRect()
      const around = [frame, ...boxes.filter((box) => place.left + place.width / 2 >= box.left && place.left + place.width / 2 <= box.right && place.top >= box.top - 1 && place.top <= box.bottom)]
      const [home] = around.sort((a, b) => a.width * a.height - b.width * b.height) as [DOMRect]
      const out = place.left < home.left - 1 || place.right > home.right + 1 || place.bottom > home.bottom + 1
      const size = Number.parseFloat(getComputedStyle(text).fontSize) * (frame.width / ((svg as SVGSVGElement).viewBox.baseVal.width || 1))
      return [...(out ? [`${text.textContent} leaves its box`] : []), ...(size < 9 ? [`${text.textContent} is ${size.toFixed(1)} pixels`] : [])]
    })
  })
  return { texts, spilt }
})
