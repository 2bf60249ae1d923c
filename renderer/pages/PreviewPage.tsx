// Data Preview: every computer in a grid, filtered, sorted and searched, repaired in place or by group, all by keyboard if wanted.
import { useEffect, useMemo, useRef } from 'react'
import type { Field } from '../../shared/computer.ts'
import type { Draft } from '../../shared/draft.ts'
import type { Repair, View } from '../../shared/grid.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { useGrid } from '../gridStore.ts'
import { gridColumns, placeOf } from '../parts/grid/columns.ts'
import { beginEdit } from '../parts/grid/editing.ts'
import { type Edits, editsOf } from '../parts/grid/edits.ts'
import { FilterBar, filters } from '../parts/grid/FilterBar.tsx'
import { FindBar } from '../parts/grid/FindBar.tsx'
import { focusGrid, focusRepairs } from '../parts/grid/focusing.ts'
import { Grid } from '../parts/grid/Grid.tsx'
import { GuidBar } from '../parts/grid/GuidBar.tsx'
import { KeysHelp, KeysHint } from '../parts/grid/KeysHelp.tsx'
import { RepairsPanel } from '../parts/grid/RepairsPanel.tsx'
import { EmptyStrip, RowStrip } from '../parts/grid/RowStrip.tsx'
import type { RowPages } from '../parts/grid/rowPages.ts'
import { seekingOf } from '../parts/grid/seeking.ts'
import { useRepairs } from '../parts/grid/useRepairs.ts'
import { useRows } from '../parts/grid/useRows.ts'
import { useShortcuts } from '../parts/grid/useShortcuts.ts'
import { Title } from '../parts/Title.tsx'
import { counted, number } from '../words.ts'

const introOf = ({ source, counts }: Draft): string => {
  const from = source?.kind === 'file' ? ` from ${source.name}` : ''
  const need =
    counts.blocked === 0
      ? 'All of them can be taken over.'
      : `${number(counts.blocked)} must be repaired or left out before Start.`
  return `${counted(counts.total, 'computer')}${from}. ${counts.total === 0 ? '' : need}`
}

const emptyWords = ({ search, filter }: View): string =>
  search === '' ? (filters.find((one) => one.filter === filter)?.empty ?? '') : `No computer fits “${search}”.`

/** Repairs by group, one of a list of them: what is left is counted anew first, so that no press comes too late. */
function useRepairing(repairs: readonly Repair[], edits: Edits): (id: string) => void {
  const done = useRef<readonly Repair[] | undefined>(undefined)
  useEffect(() => {
    const settled = done.current !== undefined && done.current !== repairs
    // The button that was pressed may be gone: the next repair takes its place, after the last one the grid.
    if (settled && document.activeElement === document.body && !focusRepairs()) focusGrid()
    if (settled) done.current = undefined
  }, [repairs])
  return (id) => {
    if (done.current === repairs) return
    done.current = repairs
    void edits.repair(id)
  }
}

/** The strip of the active row. */
function ActiveRow({ rows, edits }: { readonly rows: RowPages; readonly edits: Edits }) {
  const active = useGrid((state) => state.active)
  const row = rows.at(active.index)
  if (row === undefined) return <EmptyStrip />
  const edit = (field: Field): void => {
    useGrid.getState().go({ ...active, column: placeOf(field) })
    beginEdit(rows, 'opened')
  }
  return (
    <RowStrip
      row={row}
      field={gridColumns[active.column]?.field}
      onEdit={edit}
      onRevert={(field) => void edits.revert(field)}
      onLeaveOut={(leftOut) => {
        useGrid.getState().go(active)
        void edits.leaveOut(leftOut)
      }}
      onAllowAutomatic={() => void edits.allowAutomatic(row.row)}
    />
  )
}

export function PreviewPage() {
  const draft = useCurrentDraft()
  const { id: draftId } = draft
  const view = useGrid((state) => state.view)
  const finding = useGrid((state) => state.finding)
  const help = useGrid((state) => state.help)
  useEffect(() => useGrid.getState().enter(draftId), [draftId])
  const rows = useRows(draftId, view)
  const repairs = useRepairs(draft)
  const edits = useMemo(() => editsOf(draftId, rows), [draftId, rows])
  const seeking = useMemo(
    () => seekingOf(draftId, rows, () => useDraft.getState().draft?.counts ?? draft.counts),
    [draftId, rows, draft.counts]
  )
  const repair = useRepairing(repairs, edits)
  const shortcuts = useShortcuts(rows, edits, seeking)
  const closeFind = (): void => {
    useGrid.setState({ finding: null })
    focusGrid()
  }
  return (
    <>
      <Title intro={introOf(draft)}>Data Preview</Title>
      <FilterBar draft={draft} onUndo={(redo) => void edits.undo(redo)} />
      {finding !== null && (
        <FindBar draftId={draftId} rows={rows} edits={edits} seeking={seeking} undo={draft.undo} onClose={closeFind} />
      )}
      <RepairsPanel
        repairs={repairs}
        prevented={draft.counts.prevented}
        onRepair={repair}
        onAllowAll={() => void edits.allowAutomatic(null)}
      />
      <GuidBar draft={draft} onRead={rows.refresh} />
      <Grid rows={rows} edits={edits} shortcuts={shortcuts} empty={emptyWords(view)} />
      {help ? <KeysHelp shortcuts={shortcuts} /> : <ActiveRow rows={rows} edits={edits} />}
      <KeysHint />
    </>
  )
}
