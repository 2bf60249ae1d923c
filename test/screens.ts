// Page objects: the wizard as a person sees it, for the tests that drive the real window.
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'

export interface Window {
  readonly app: ElectronApplication
  readonly page: Page
  readonly folder: string
}

const needed = (name: 'AMT_ELECTRON' | 'AMT_ROOT'): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: window tests are started by build/run.mjs`)
  return value
}

/** Pictures of every page land here; they are looked at, not compared. */
export const pictures = join(needed('AMT_ROOT'), 'test-results', 'pictures')

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'amt-window-'))

/**
 * Starts the wizard as a person does, with a data folder of its own, and waits for its first page. `program`: what is started
 * in place of Electron.
 */
export async function openWizard(folder = newFolder(), program = needed('AMT_ELECTRON')): Promise<Window> {
  const app = await _electron.launch({
    executablePath: program,
    args: [needed('AMT_ROOT'), `--data=${folder}`],
    chromiumSandbox: true,
    // One that does not come up is then told with what it said, not by the end of the test.
    timeout: 40_000
  })
  const page = await app.firstWindow()
  await expect(page.locator('main[data-page]')).toBeVisible()
  return { app, page, folder }
}

/** The page that is shown, by its handle. */
export const shows = (page: Page, name: string): Promise<void> =>
  expect(page.locator(`main[data-page="${name}"]`)).toBeVisible()

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** Next, and the page that must follow. */
export async function next(page: Page, then: string): Promise<void> {
  await button(page, /^Next$/).click()
  await shows(page, then)
}

/** Light or dark as the system asks for it, at once: what turns its colours slowly would be in the picture. */
export const look = (page: Page, name: 'Light' | 'Dark'): Promise<void> =>
  page.emulateMedia({ colorScheme: name === 'Dark' ? 'dark' : 'light', reducedMotion: 'reduce' })

/** Chooses light or dark through the program's own menu. */
export async function chooseLook(page: Page, name: 'Light' | 'Dark'): Promise<void> {
  await page.getByRole('button', { name: /menu/i }).first().click()
  await page.getByRole('menuitemradio', { name, exact: true }).click()
  await page.keyboard.press('Escape')
}

/** A picture of what is there for a moment only. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** A picture, everything axe has to say about the page, and that its sentences are made of words. */
export async function examine(page: Page, name: string): Promise<void> {
  await picture(page, name)
  // What was put into a sentence without being words.
  expect(await page.locator('body').innerText(), name).not.toMatch(/\[object |\bundefined\b|\bNaN\b/)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(
    violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)
  ).toEqual([])
}

/** The same page, light and dark. */
export async function examineBoth(page: Page, name: string): Promise<void> {
  for (const theme of ['Dark', 'Light'] as const) {
    await look(page, theme)
    await examine(page, `${name}-${theme.toLowerCase()}`)
  }
}

async function resize(app: ElectronApplication, page: Page, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [w, h]) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setMinimumSize(1, 1)
      window?.setContentSize(w, h)
    },
    [width, height] as const
  )
  // A screen that is no wider than the window takes a pixel from it.
  await expect.poll(async () => width - (await page.evaluate(() => innerWidth))).toBeLessThan(2)
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(width)
}

/**
 * The same page in the smallest window that must do, and at 200 % zoom; then the window is as it was. `turn` brings what the
 * pictures are about into view.
 */
export async function examineSmall(
  app: ElectronApplication,
  page: Page,
  name: string,
  turn: () => Promise<unknown> = async () => undefined
): Promise<void> {
  // 200 % zoom on 1280 x 800 lays the page out as if the window had half of each side.
  for (const [width, height] of [
    [1024, 700],
    [640, 400]
  ] as const) {
    await resize(app, page, width, height)
    await turn()
    // Just after it was resized and scrolled, parts of a page are not painted yet; who takes a picture has the rest painted.
    await page.screenshot()
    await examine(page, `${name}-${width}`)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wider, `at ${width} the page is wider than its window`).toBe(false)
  }
  await resize(app, page, 1280, 800)
}

/** Starts a practice import from the sample file and stops on the page named; every page on the way is handed to `each`. */
export async function walkTo(
  page: Page,
  last: string,
  each: (name: string) => Promise<void> = async () => undefined
): Promise<void> {
  await button(page, /^Practise on the practice fleet/).click()
  await shows(page, 'strategy')
  const stops: readonly (readonly [string, () => Promise<void>])[] = [
    ['strategy', async () => undefined],
    ['source', () => next(page, 'source')],
    [
      'mapping',
      async () => {
        await button(page, /sample/i).click()
        await next(page, 'mapping')
      }
    ],
    ['preview', () => next(page, 'preview')],
    ['accounts', () => next(page, 'accounts')],
    ['profile', () => next(page, 'profile')],
    ['schedule', () => next(page, 'schedule')],
    ['summary', () => next(page, 'summary')],
    ['progress', () => start(page)]
  ]
  for (const [name, go] of stops) {
    await go()
    await shows(page, name)
    await each(name)
    if (name === last) return
  }
}

/** Presses Start; practice asks nothing more. */
export async function start(page: Page): Promise<void> {
  await button(page, /^Start$/).click()
  await shows(page, 'progress')
}

/** Waits until no job moves by itself any more. */
export const untilThrough = (page: Page): Promise<void> =>
  expect(
    page.locator('[data-job]:is([data-state="waiting"], [data-state="working"], [data-state="later"])')
  ).toHaveCount(0, {
    timeout: 45_000
  })

/** Accessible name of what has the focus now, and whether a person can see that it has. */
export const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', seen: false }
    const label =
      element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? ''
    const labelled =
      element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((one) => one.textContent).join(' ') : ''
    return { name: `${label} ${labelled}`.trim(), seen: element.matches(':focus-visible') }
  })

/** Tabs until something of this name has the focus; fails after one whole round. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    if (name.test(now.name)) {
      expect(now.seen, `${name} has the focus, but it does not show`).toBe(true)
      return
    }
  }
  throw new Error(`nothing named ${name} can be reached by Tab`)
}

/** Tabs to something of this name and presses Enter. */
export async function press(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

interface Stop {
  readonly name: string
  readonly seen: boolean
  /** In the page's own coordinates, so that its scrolling does not count; undefined outside of it. */
  readonly at?: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

/**
 * Tabs once around from the page's title and answers the names of what got the focus. Each must show that it has it, have a
 * name, lie in view, and come after the one before: below it, beside it, or in the next column.
 */
export async function tabAround(page: Page): Promise<readonly string[]> {
  await page.locator('#page-title').focus()
  const names: string[] = []
  let before: Stop | undefined
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    const { name, seen } = await focused(page)
    const at = await page.evaluate(() => {
      const [main, element] = [document.querySelector('main'), document.activeElement]
      if (element === null || !main?.contains(element)) return undefined
      const { left, right, top, bottom } = element.getBoundingClientRect()
      if (bottom <= 0 || top >= innerHeight || right - left < 1) return null
      return { left, right, top: top + main.scrollTop, bottom: bottom + main.scrollTop }
    })
    // Past the last one of the page.
    if (at === undefined) return names
    expect(at, `${name} has the focus out of sight`).not.toBeNull()
    expect(name, `what follows ${before?.name} has no name`).not.toBe('')
    expect(seen, `${name} has the focus, but it does not show`).toBe(true)
    if (at !== null && before?.at !== undefined) {
      const { left, right, top } = before.at
      const follows = at.bottom > top && (at.top >= top || at.left >= left || at.left >= right)
      expect(follows || at.left >= right, `${name} comes after ${before.name}, and stands before it`).toBe(true)
    }
    before = { name, seen, ...(at !== null && { at }) }
    names.push(name)
  }
  throw new Error('Tab does not come to an end')
}

/** Opens a dialog by its button and Enter, closes it by Escape, and must be back on the button. */
export async function inAndOut(page: Page, name: RegExp): Promise<void> {
  await press(page, name)
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Tab')
  expect((await focused(page)).seen, `the focus shows in the dialog of ${name}`).toBe(true)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await focused(page)).name).toMatch(name)
}
