// The form of one line in a problem table.

/**
 * Who can help: `now` repeating at once may work, `later` waiting may work,
 * `person` somebody has to decide or fix something, `never` repeating cannot help.
 */
export type RetryRule = 'now' | 'later' | 'person' | 'never'

/** One line of a problem table. `{name}` in a text is filled from the problem's `values`. */
export interface ProblemEntry {
  readonly title: string
  readonly meaning: string
  readonly remedy: string
  readonly retry: RetryRule
}
