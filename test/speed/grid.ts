// What the grid costs with 100,000 computers in the real window: frames while scrolling and editing, the first rows, undo.
// It needs the screen and the keychain of a session: build/bench.mjs has one.
import { performance } from 'node:perf_hooks'
import type { Page } from '@playwright/test'
import { dropPrepared, prepareMany } from '../lists.ts'
import { framesDuring, frameWords } from './frames.ts'

/** One line of the table, as test/speed/run.ts prints it. */
interface Row {
  readonly what: string
  readonly found: string
  readonly target: string
  readonly met: boolean
}

const computers = 100_000
const scrollMs = 5_000
/** As the grid draws them (renderer/parts/grid/columns.ts). */
const rowPixels = 30

/** Scrolls by so many pixels a frame, down and up again. */
const scroll = (page: Page, pixels: number): Promise<void> =>
  page.evaluate(
    ([step, ms]) =>
      new Promise<void>((resolve) => {
        const grid = document.querySelector('[role="grid"]')
        const begun = performance.now()
        let down = true
        const tick = (): void => {
          if (grid === null || performance.now() - begun > ms) {
            resolve()
            return
          }
          const before = grid.scrollTop
          grid.scrollTop += down ? step : -step
          if (grid.scrollTop === before) down = !down
          requestAnimationFrame(tick)
        }
        requestAnimationFrame(tick)
      }),
    [pixels, scrollMs] as const
  )

/** Types into cells and goes down with Enter, as fast as the keys arrive, about twelve a second. */
async function edit(page: Page, cells: number): Promise<void> {
  for (let at = 0; at < cells; at++) {
    await page.keyboard.type(`NEW${at}`, { delay: 40 })
    await page.keyboard.press('Enter', { delay: 40 })
  }
}

/** Holds a key down as a keyboard repeats it, thirty times a second. */
async function hold(page: Page, key: string, times: number): Promise<void> {
  for (let at = 0; at < times; at++) {
    const next = performance.now() + 33
    await page.keyboard.down(key)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
  }
  await page.keyboard.up(key)
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

const columnOf = (page: Page, index: number, field: string) =>
  page.locator(`[data-index="${index}"] [data-field="${field}"]`)

/** Selects 10,000 cells of the AMT version and fills them; then takes it back and measures until it shows. */
async function fillAndUndo(page: Page): Promise<{ fill: number; undo: number }> {
  await page.keyboard.press('Control+Home')
  await columnOf(page, 0, 'amtVersion').click()
  await page.keyboard.type('12.0.1')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Home')
  await columnOf(page, 0, 'amtVersion').click()
  await page.evaluate((top) => document.querySelector('[role="grid"]')?.scrollTo({ top }), 9_990 * rowPixels)
  await columnOf(page, 10_000, 'amtVersion').click({ modifiers: ['Shift'] })
  const shows = (index: number, text: string) => (): Promise<void> =>
    columnOf(page, index, 'amtVersion').getByText(text, { exact: true }).waitFor()
  const fill = await seconds(() => page.keyboard.press('Control+D').then(shows(10_000, '12.0.1')))
  // Undo brings the person to the first row that it changed.
  const undo = await seconds(() => page.keyboard.press('Control+Z').then(shows(1, '11.8.50')))
  return { fill, undo }
}

const frameRow = (what: string, frames: Awaited<ReturnType<typeof framesDuring>>): Row => ({
  what: `${what}, ${computers.toLocaleString('en')} computers`,
  found: `${frameWords(frames)}; longest task ${frames.longestTask.toFixed(0)} ms`,
  target: '95 % of frames ≤ 20 ms',
  met: frames.p95 <= 20
})

/** The measurements of the grid; none outside a session with a screen. */
export async function gridRows(): Promise<Row[]> {
  if (process.env.AMT_ROOT === undefined || process.env.AMT_ELECTRON === undefined) {
    console.log('The grid is measured only in a session with a screen: node build/run.mjs node test/speed/grid.ts')
    return []
  }
  const { button, next, openWizard, walkTo } = await import('../screens.ts')
  const { app, page } = await openWizard()
  try {
    await walkTo(page, 'source')
    const idle = await framesDuring(page, () => page.waitForTimeout(2_000))
    await prepareMany(page, 'large.csv', computers)
    let given = 0
    const reading = await framesDuring(page, async () => {
      given = await seconds(async () => {
        await dropPrepared(page)
        await page.locator('[data-recognised]').waitFor({ timeout: 60_000 })
      })
    })
    const memory = await app.evaluate(() => process.resourceUsage().maxRSS / 1024)
    await next(page, 'mapping')
    const painted = await seconds(async () => {
      await button(page, /^Next$/).click()
      await page.locator('[data-row="0"] [data-field="name"]').waitFor()
    })
    await page.locator('[role="grid"]').focus()
    const slow = await framesDuring(page, () => scroll(page, 40))
    const fast = await framesDuring(page, () => scroll(page, 700))
    const far = await framesDuring(page, () => scroll(page, 100_000))
    await page.keyboard.press('Control+Home')
    await columnOf(page, 0, 'name').click()
    const held = await framesDuring(page, () => hold(page, 'ArrowDown', 120))
    const typing = await framesDuring(page, () => edit(page, 12))
    const { fill, undo } = await fillAndUndo(page)
    return [
      { what: 'Frames of a still page', found: frameWords(idle), target: 'for comparison', met: true },
      {
        what: `Reading ${computers.toLocaleString('en')} computers, from the drop to their recognition`,
        found: `${given.toFixed(1)} s; the page's longest task ${reading.longestTask.toFixed(0)} ms`,
        target: 'no task > 100 ms',
        met: reading.longestTask <= 100
      },
      {
        what: 'Most memory of the main process by then',
        found: `${memory.toFixed(0)} MB`,
        target: '< 350 MB',
        met: memory < 350
      },
      {
        what: 'Opening Data Preview, to the first rows painted',
        found: `${(painted * 1000).toFixed(0)} ms`,
        target: '< 1 s',
        met: painted < 1
      },
      frameRow('Scrolling slowly', slow),
      frameRow('Scrolling fast', fast),
      frameRow('Dragging the scroll bar', far),
      frameRow('Arrow key held', held),
      frameRow('Typing into cells', typing),
      {
        what: 'Undo of a 10,000-cell fill, until it shows',
        found: `${(undo * 1000).toFixed(0)} ms (the fill ${(fill * 1000).toFixed(0)} ms)`,
        target: '< 300 ms',
        met: undo < 0.3
      }
    ]
  } finally {
    await app.close()
  }
}
