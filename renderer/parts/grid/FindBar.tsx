// Find and replace: what to look for, in which field, and replacing one cell or all of them.
import { Button, Checkbox, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { ArrowDownRegular, ArrowUpRegular, DismissRegular } from '@fluentui/react-icons'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { type Field, fields, fieldTitles, isSecret } from '../../../shared/computer.ts'
import type { Find } from '../../../shared/grid.ts'
import { ask } from '../../bridge.ts'
import { useGrid } from '../../gridStore.ts'
import { useNotice } from '../../noticeStore.ts'
import { counted } from '../../words.ts'
import { gridColumns } from './columns.ts'
import type { Edits } from './edits.ts'
import { selectFind } from './focusing.ts'
import { isMatch, replacedIn } from './matching.ts'
import type { RowPages } from './rowPages.ts'
import type { Seeking } from './seeking.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    padding: '6px 8px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1
  },
  input: { width: '170px' },
  count: { minWidth: '64px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  line: { display: 'flex', flexWrap: 'wrap', gap: '6px 8px', alignItems: 'center' },
  grow: { flexGrow: 1 }
})

/** How many rows of the view hold the text; undefined while nothing is looked for. */
function useFound(draftId: string, rows: RowPages, find: Find, undo: string | null): number | undefined {
  const [count, setCount] = useState<number>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step of undo means that texts have changed
  useEffect(() => {
    setCount(undefined)
    if (find.text === '') return undefined
    let ended = false
    const timer = setTimeout(async () => {
      const answer = await ask('rows.next', { draftId, view: rows.view, after: -1, of: find })
      if (!ended && answer.ok) setCount(answer.value.count)
    }, 200)
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [draftId, rows, find, undo])
  return count
}

interface BarProps {
  readonly draftId: string
  readonly rows: RowPages
  readonly edits: Edits
  readonly seeking: Seeking
  /** The last step of undo. */
  readonly undo: string | null
  /** The bar was closed. */
  onClose(): void
}

/** Replaces in the active cell if it holds the text, then goes to the next. */
async function replaceOne({ rows, edits, seeking }: BarProps): Promise<void> {
  const { active, find, by } = useGrid.getState()
  const row = rows.at(active.index)
  const field = gridColumns[active.column]?.field
  const here = row !== undefined && field !== undefined && !isSecret(field) && (find.field ?? field) === field
  if (here && isMatch(row.values[field], find)) await edits.set(row, field, replacedIn(row.values[field], find, by))
  await seeking.text(false)
}

export function FindBar(props: BarProps) {
  const { draftId, rows, edits, seeking, undo, onClose } = props
  const styles = useStyles()
  const { finding, find, by } = useGrid()
  const count = useFound(draftId, rows, find, undo)
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew, the text to look for is what is wanted first
  useEffect(selectFind, [finding])
  const change = (part: Partial<Find>): void => useGrid.setState({ find: { ...find, ...part } })
  const replaceAll = (): void => {
    if (find.text === '') useNotice.getState().say('Type what to look for first.')
    else void edits.replaceAll(find, by)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target instanceof HTMLElement && 'find' in event.target.dataset)
      void seeking.text(event.shiftKey)
    else return
    event.preventDefault()
  }
  return (
    <search className={styles.bar} onKeyDown={press} aria-label="Find and replace">
      <div className={styles.line}>
        <Input
          className={styles.input}
          aria-label="Find"
          placeholder="Find"
          maxLength={255}
          spellCheck={false}
          value={find.text}
          data-find
          onChange={(_, data) => change({ text: data.value })}
        />
        <Select
          aria-label="Where to look"
          value={find.field ?? ''}
          onChange={(_, data) => change({ field: fields.find((field) => field === data.value) ?? null })}
        >
          <option value="">Every field</option>
          {fields
            .filter((field: Field) => !isSecret(field))
            .map((field) => (
              <option key={field} value={field}>
                {fieldTitles[field]}
              </option>
            ))}
        </Select>
        <Checkbox
          label="Match case"
          checked={find.matchCase}
          onChange={(_, data) => change({ matchCase: data.checked === true })}
        />
        <Checkbox
          label="Whole cell"
          checked={find.whole}
          onChange={(_, data) => change({ whole: data.checked === true })}
        />
        <Button
          icon={<ArrowUpRegular />}
          aria-label="Find the one before"
          title="Find the one before (Shift+F3)"
          onClick={() => void seeking.text(true)}
        />
        <Button
          icon={<ArrowDownRegular />}
          aria-label="Find next"
          title="Find next (F3)"
          onClick={() => void seeking.text(false)}
        />
        <span className={styles.count} data-found={count}>
          {count === undefined ? '' : count === 0 ? 'Not found' : `In ${counted(count, 'row')}`}
        </span>
        <span className={styles.grow} />
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label="Close find and replace"
          title="Close (Escape)"
          onClick={onClose}
        />
      </div>
      {finding === 'replace' && (
        <div className={styles.line}>
          <Input
            className={styles.input}
            aria-label="Replace by"
            placeholder="Replace by"
            maxLength={255}
            spellCheck={false}
            value={by}
            onChange={(_, data) => useGrid.setState({ by: data.value })}
          />
          <Button onClick={() => void replaceOne(props)}>Replace</Button>
          <Button onClick={replaceAll}>Replace all</Button>
        </div>
      )}
    </search>
  )
}
