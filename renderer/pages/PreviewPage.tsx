// Data Preview: every computer in a grid, filtered and searched, repaired in place, with the keyboard alone if wanted.
import { Button, makeStyles, SearchBox, ToggleButton, tokens } from '@fluentui/react-components'
import { ArrowDownRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { Field } from '../../shared/computer.ts'
import type { Row } from '../../shared/contract.ts'
import type { Counts, Draft } from '../../shared/draft.ts'
import { asked } from '../bridge.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { useNotice } from '../noticeStore.ts'
import { type Cell, gridColumns } from '../parts/gridColumns.ts'
import { PreviewGrid } from '../parts/PreviewGrid.tsx'
import { EmptyStrip, RepairStrip } from '../parts/RepairStrip.tsx'
import { Title } from '../parts/Title.tsx'
import { nextBlocked, type RowFilter, type Rows, useRows } from '../parts/useRows.ts'
import { counted, number } from '../words.ts'

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center', flexShrink: 0 },
  search: { width: '250px', flexShrink: 1 },
  grow: { flexGrow: 1 },
  keys: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, flexShrink: 0 }
})

const filters: readonly { filter: RowFilter; title: string; count: (counts: Counts) => number; empty: string }[] = [
  {
    filter: 'all',
    title: 'All',
    count: (c) => c.total,
    empty: 'There is no computer yet. Choose a file on Select Source.'
  },
  { filter: 'blocker', title: 'Must repair', count: (c) => c.blocked, empty: 'Nothing has to be repaired.' },
  { filter: 'warning', title: 'Warnings', count: (c) => c.warned, empty: 'There are no warnings.' },
  { filter: 'leftOut', title: 'Left out', count: (c) => c.leftOut, empty: 'No row is left out.' }
]

/** A text that follows another once it has been still for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** What can be done to a row: put a text into a field, leave it out or take it back. */
function useRepairs(draftId: string, rows: Rows) {
  const fix = async (row: Row, field: Field, text: string): Promise<void> => {
    const answer = await asked('rows.fix', { draftId, row: row.row, values: { [field]: text } })
    if (answer === undefined) return
    rows.replace(answer.row)
    useDraft.getState().take(answer.draft)
    const worst = answer.row.issues.find((issue) => issue.field === field && issue.severity === 'blocker')
    useNotice.getState().say(worst === undefined ? 'Changed.' : `Changed, but: ${worst.problem.title}.`)
  }
  const leaveOut = async (row: Row, leftOut: boolean): Promise<void> => {
    const draft = await asked('rows.leaveOut', { draftId, rows: [row.row], leftOut })
    if (draft === undefined) return
    rows.replace({ ...row, leftOut })
    useDraft.getState().take(draft)
    useNotice.getState().say(leftOut ? 'Left out.' : 'Taken back.')
  }
  return { fix, leaveOut }
}

interface BarProps {
  readonly counts: Counts
  readonly filter: RowFilter
  readonly search: string
  onFilter(filter: RowFilter): void
  onSearch(search: string): void
  onNext(): void
}

function FilterBar({ counts, filter, search, onFilter, onSearch, onNext }: BarProps) {
  const styles = useStyles()
  return (
    <div className={styles.bar}>
      <SearchBox
        className={styles.search}
        placeholder="Name, FQDN, GUID, MAC"
        aria-label="Search"
        maxLength={100}
        value={search}
        onChange={(_, data) => onSearch(data.value)}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div role="group" aria-label="Show" className={styles.bar}>
        {filters.map((one) => (
          <ToggleButton
            key={one.filter}
            checked={filter === one.filter}
            onClick={() => onFilter(one.filter)}
            data-filter={one.filter}
          >
            {one.title} {number(one.count(counts))}
          </ToggleButton>
        ))}
      </div>
      <span className={styles.grow} />
      {counts.blocked > 0 && (
        <Button appearance="subtle" icon={<ArrowDownRegular />} title="F8" onClick={onNext}>
          Next problem
        </Button>
      )}
    </div>
  )
}

const introOf = ({ source, counts }: Draft): string => {
  const from = source?.kind === 'file' ? ` from ${source.name}` : ''
  const need =
    counts.blocked === 0
      ? 'All of them can be taken over.'
      : `${number(counts.blocked)} must be repaired or left out before Start.`
  return `${counted(counts.total, 'computer')}${from}. ${counts.total === 0 ? '' : need}`
}

/** F8 goes to the next problem from wherever the focus is on this page. */
function useNextProblemKey(goNext: () => void): void {
  const latest = useRef(goNext)
  latest.current = goNext
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== 'F8') return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}

export function PreviewPage() {
  const styles = useStyles()
  const draft = useCurrentDraft()
  const [filter, setFilter] = useState<RowFilter>('all')
  const [search, setSearch] = useState('')
  const settled = useSettled(search)
  const rows = useRows(draft.id, filter, settled)
  const { fix, leaveOut } = useRepairs(draft.id, rows)
  const [active, setActive] = useState<Cell>({ index: 0, column: 2 })
  const [editing, setEditing] = useState(false)
  const row = rows.at(active.index)
  const show = (next: RowFilter): void => {
    setFilter(next)
    setActive({ index: 0, column: active.column })
  }
  const goNext = async (): Promise<void> => {
    if (filter === 'blocker') {
      setActive({ ...active, index: rows.total === 0 ? 0 : (active.index + 1) % rows.total })
      return
    }
    const next = await nextBlocked(draft.id, row?.row ?? -1)
    if (next === undefined) {
      useNotice.getState().say('Nothing has to be repaired.')
      return
    }
    // Only among all rows does a row stand at the place of its number.
    setSearch('')
    setFilter('all')
    setActive({ ...active, index: next })
  }
  useNextProblemKey(() => void goNext())
  const edit = (field: Field): void => {
    setActive({ ...active, column: gridColumns.findIndex((column) => column.field === field) })
    setEditing(true)
  }
  const commit = (text: string): void => {
    setEditing(false)
    const field = gridColumns[active.column]?.field
    if (row !== undefined && field !== undefined) void fix(row, field, text)
  }
  return (
    <>
      <Title intro={introOf(draft)}>Data Preview</Title>
      <FilterBar
        counts={draft.counts}
        filter={filter}
        search={search}
        onFilter={show}
        onSearch={(text) => {
          setSearch(text)
          setActive({ ...active, index: 0 })
        }}
        onNext={() => void goNext()}
      />
      <PreviewGrid
        rows={rows}
        active={active}
        editing={editing}
        empty={
          settled === ''
            ? (filters.find((one) => one.filter === filter)?.empty ?? '')
            : `No computer fits “${settled}”.`
        }
        onMove={(cell) => {
          setEditing(false)
          setActive(cell)
        }}
        onEdit={setEditing}
        onCommit={commit}
        onToggleLeftOut={() => row !== undefined && void leaveOut(row, !row.leftOut)}
      />
      {row === undefined ? (
        <EmptyStrip />
      ) : (
        <RepairStrip row={row} onEdit={edit} onLeaveOut={(leftOut) => void leaveOut(row, leftOut)} />
      )}
      <p className={styles.keys}>
        F2 edit · F8 next problem · Delete leaves a row out or takes it back · Arrows, Page and Home/End move
      </p>
    </>
  )
}
