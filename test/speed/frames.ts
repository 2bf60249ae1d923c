// Watches the frames of the real page: how far apart they are, and how long the page's thread was held at a time.
import type { Page } from '@playwright/test'

export interface Frames {
  readonly count: number
  /** Milliseconds between frames: 95 of 100 are not farther apart. */
  readonly p95: number
  readonly longest: number
  /** Share of frames that came within 20 ms, 0..1. */
  readonly within20: number
  /** The longest task of the page's thread; 0 when none was longer than 50 ms. */
  readonly longestTask: number
}

interface Watching {
  readonly times: number[]
  readonly tasks: number[]
  stop: boolean
}

type Watched = Window & { watching?: Watching }

/** Watches the page's frames while something is done to it. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const watching: Watching = { times: [], tasks: [], stop: false }
    ;(window as Watched).watching = watching
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watching.tasks.push(duration)
    })
    observer.observe({ type: 'longtask' })
    const tick = (time: number): void => {
      watching.times.push(time)
      if (watching.stop) observer.disconnect()
      else requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  await work()
  const { times, tasks } = await page.evaluate(() => {
    const { watching } = window as Watched
    if (watching === undefined) return { times: [], tasks: [] }
    watching.stop = true
    return { times: watching.times, tasks: watching.tasks }
  })
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time))
  const sorted = gaps.toSorted((a, b) => a - b)
  return {
    count: gaps.length,
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    longest: sorted.at(-1) ?? Number.NaN,
    within20: gaps.filter((gap) => gap <= 20).length / gaps.length,
    longestTask: Math.max(0, ...tasks)
  }
}

/** "p95 17.1 ms, 98 % ≤ 20 ms, longest 33 ms (240 frames)" */
export const frameWords = ({ p95, within20, longest, count }: Frames): string =>
  `p95 ${p95.toFixed(1)} ms, ${(100 * within20).toFixed(1)} % ≤ 20 ms, longest ${longest.toFixed(0)} ms (${count} frames)`
