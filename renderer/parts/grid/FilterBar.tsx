// Above the grid: search, which rows are shown, undo and redo with what they would take back, find, and the list of keys.
import { Button, makeStyles, SearchBox, ToggleButton, tokens } from '@fluentui/react-components'
import { ArrowRedoRegular, ArrowUndoRegular, KeyboardRegular, SearchRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Counts, Draft } from '../../../shared/draft.ts'
import type { RowFilter } from '../../../shared/grid.ts'
import { useGrid } from '../../gridStore.ts'
import { number } from '../../words.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', gap: '8px', alignItems: 'flex-start', flexWrap: 'wrap' },
  search: { width: '150px', flexShrink: 1 },
  filters: { display: 'flex', flexWrap: 'wrap', gap: '4px', alignItems: 'center', flexGrow: 1, flexBasis: '220px' },
  filter: {
    minWidth: 0,
    paddingLeft: '8px',
    paddingRight: '8px',
    minHeight: '32px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular
  },
  count: { marginLeft: '5px', fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  tools: { display: 'flex', gap: '2px', alignItems: 'center' },
  undo: { minWidth: 0, fontWeight: tokens.fontWeightRegular, justifyContent: 'flex-start' },
  what: { maxWidth: '150px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }
})

interface FilterEntry {
  readonly filter: RowFilter
  readonly title: string
  readonly count: (counts: Counts) => number
  /** What to say when nothing is left of it. */
  readonly empty: string
  /** Shown even when it counts nothing. */
  readonly always?: true
}

export const filters: readonly FilterEntry[] = [
  {
    filter: 'all',
    title: 'All',
    count: (c) => c.total,
    empty: 'There is no computer yet. Choose a file on Select Source.',
    always: true
  },
  {
    filter: 'blocker',
    title: 'Must repair',
    count: (c) => c.blocked,
    empty: 'Nothing has to be repaired.',
    always: true
  },
  { filter: 'warning', title: 'Warnings', count: (c) => c.warned, empty: 'There are no warnings.', always: true },
  { filter: 'note', title: 'Notes', count: (c) => c.noted, empty: 'There are no notes.' },
  { filter: 'edited', title: 'By hand', count: (c) => c.edited, empty: 'Nothing was changed by hand.' },
  { filter: 'new', title: 'New', count: (c) => c.new, empty: 'No computer is new.' },
  { filter: 'changed', title: 'Changed', count: (c) => c.changed, empty: 'No known computer has changed.' },
  { filter: 'same', title: 'Same', count: (c) => c.same, empty: 'No known computer is the same.' },
  { filter: 'missing', title: 'Missing', count: (c) => c.missing, empty: 'Every known computer is in the file.' },
  {
    filter: 'prevented',
    title: 'Marked',
    count: (c) => c.prevented,
    empty: 'Automatic provisioning is prevented for none.'
  },
  { filter: 'leftOut', title: 'Left out', count: (c) => c.leftOut, empty: 'No row is left out.' }
]

/** What each filter means, where its short title does not say it. */
const meanings: Partial<Record<RowFilter, string>> = {
  edited: 'Changed by hand or by a repair',
  new: 'Not known before this file',
  changed: 'Known before, with other values',
  same: 'Known before, with the same values',
  missing: 'Known before, but not in this file',
  prevented: 'Automatic in-band provisioning prevented'
}

/** What is typed to search; the grid follows once it has been still for a moment. */
function Search() {
  const styles = useStyles()
  const search = useGrid((state) => state.view.search)
  const [text, setText] = useState(search)
  useEffect(() => setText(search), [search])
  useEffect(() => {
    const { view, show } = useGrid.getState()
    if (text === view.search) return undefined
    const timer = setTimeout(() => show({ ...useGrid.getState().view, search: text }), 200)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <SearchBox
      className={styles.search}
      placeholder="Search"
      aria-label="Search"
      maxLength={100}
      value={text}
      onChange={(_, data) => setText(data.value)}
    />
  )
}

function Filters({ counts }: { readonly counts: Counts }) {
  const styles = useStyles()
  const view = useGrid((state) => state.view)
  const shown = filters.filter((one) => one.always || one.count(counts) > 0 || one.filter === view.filter)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div role="group" aria-label="Show" className={styles.filters}>
      {shown.map(({ filter, title, count }) => (
        <ToggleButton
          key={filter}
          className={styles.filter}
          appearance={view.filter === filter ? 'secondary' : 'subtle'}
          checked={view.filter === filter}
          title={meanings[filter]}
          data-filter={filter}
          onClick={() => useGrid.getState().show({ ...view, filter })}
        >
          {title} <span className={styles.count}>{number(count(counts))}</span>
        </ToggleButton>
      ))}
    </div>
  )
}

interface BarProps {
  readonly draft: Draft
  onUndo(redo: boolean): void
}

export function FilterBar({ draft: { counts, undo, redo }, onUndo }: BarProps) {
  const styles = useStyles()
  const { finding, help } = useGrid()
  return (
    <div className={styles.bar}>
      <Search />
      <Filters counts={counts} />
      <div className={styles.tools}>
        <Button
          className={styles.undo}
          appearance="subtle"
          icon={<ArrowUndoRegular />}
          disabledFocusable={undo === null}
          aria-label={undo === null ? 'Undo' : `Undo: ${undo}`}
          title={undo === null ? 'Undo (Ctrl+Z)' : `Undo: ${undo} (Ctrl+Z)`}
          data-undo
          onClick={() => onUndo(false)}
        >
          {undo !== null && <span className={styles.what}>{undo}</span>}
        </Button>
        <Button
          appearance="subtle"
          icon={<ArrowRedoRegular />}
          disabledFocusable={redo === null}
          aria-label={redo === null ? 'Do again' : `Do again: ${redo}`}
          title={redo === null ? 'Do again (Ctrl+Y)' : `Do again: ${redo} (Ctrl+Y)`}
          data-redo
          onClick={() => onUndo(true)}
        />
        <ToggleButton
          appearance="subtle"
          icon={<SearchRegular />}
          checked={finding !== null}
          aria-label="Find and replace"
          title="Find (Ctrl+F), find and replace (Ctrl+H)"
          onClick={() => useGrid.setState({ finding: finding === null ? 'replace' : null })}
        />
        <ToggleButton
          appearance="subtle"
          icon={<KeyboardRegular />}
          checked={help}
          aria-label="Keys"
          title="Keys (?)"
          onClick={() => useGrid.setState({ help: !help })}
        />
      </div>
    </div>
  )
}
