// Long work in short turns, so that the window never waits for it: progress, and a way out.

/** How long one turn may take before others get theirs (ms); far below the tenth of a second that a person notices. */
const longest = 16

export interface Turns {
  /**
   * Called often by the work, with how far it is. Answers at once while its turn lasts, else after everybody else had theirs;
   * false when the work shall end because nobody wants it any more.
   */
  next(done: number, total: number): boolean | Promise<boolean>
}

const othersFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Turns of one piece of work. `now` in ms; `onProgress` hears once a turn. */
export function turnsOf(options: {
  readonly now: () => number
  readonly cancelled: () => boolean
  readonly onProgress?: (done: number, total: number) => void
}): Turns {
  let began = options.now()
  return {
    next(done, total) {
      if (options.now() - began < longest) return true
      options.onProgress?.(done, total)
      return othersFirst().then(() => {
        began = options.now()
        return !options.cancelled()
      })
    }
  }
}

/** For work that nobody waits for: one turn without end. */
export const oneTurn: Turns = { next: () => true }
