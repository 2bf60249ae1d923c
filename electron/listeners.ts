// Who wants to hear of something, told in the order they came.

export interface Listeners<T> {
  readonly tell: (value: T) => void
  /** Returns the function that ends the hearing. */
  readonly add: (hear: (value: T) => void) => () => void
}

export const listeners = <T>(): Listeners<T> => {
  const all = new Set<(value: T) => void>()
  return {
    tell: (value) => {
      for (const hear of all) hear(value)
    },
    add: (hear) => {
      all.add(hear)
      return () => void all.delete(hear)
    }
  }
}
