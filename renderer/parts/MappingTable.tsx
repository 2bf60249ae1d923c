// The columns of the file as a table: three samples each, the field it is taken for, how sure that is and why.
import { makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components'
import {
  CheckmarkCircleFilled,
  CircleHalfFillRegular,
  type FluentIcon,
  HistoryRegular,
  PersonRegular,
  QuestionCircleRegular,
  WarningFilled
} from '@fluentui/react-icons'
import { type Field, fields, fieldTitles } from '../../shared/computer.ts'
import type { Column } from '../../shared/draft.ts'
import { columnName, mandatory, type Sureness, samplesOf, surenessOf } from './mappingWords.ts'
import { type Tone, useTones } from './tones.tsx'

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  table: { borderCollapse: 'collapse', width: '100%', minWidth: '760px', tableLayout: 'fixed' },
  head: {
    textAlign: 'start',
    padding: '6px 10px',
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`
  },
  cell: {
    textAlign: 'start',
    padding: '6px 10px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'middle',
    overflowWrap: 'anywhere'
  },
  open: { boxShadow: `inset 4px 0 0 ${tokens.colorStatusDangerBorder2}` },
  samples: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2
  },
  sample: { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
  assign: { width: '230px' },
  sure: { display: 'flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  icon: { fontSize: '16px', flexShrink: 0 },
  because: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 }
})

const looks: Readonly<Record<Exclude<Sureness['kind'], 'none'>, { readonly icon: FluentIcon; readonly tone: Tone }>> = {
  sure: { icon: CheckmarkCircleFilled, tone: 'done' },
  likely: { icon: CircleHalfFillRegular, tone: 'working' },
  guess: { icon: QuestionCircleRegular, tone: 'asleep' },
  chosen: { icon: PersonRegular, tone: 'quiet' },
  remembered: { icon: HistoryRegular, tone: 'quiet' },
  open: { icon: WarningFilled, tone: 'person' }
}

function Why({ sureness, id }: { readonly sureness: Sureness; readonly id: string }) {
  const styles = useStyles()
  const tones = useTones()
  const look = sureness.kind === 'none' ? undefined : looks[sureness.kind]
  return (
    <td id={id} className={styles.cell} data-sure={sureness.kind}>
      {look !== undefined && (
        <span className={styles.sure}>
          <look.icon className={mergeClasses(styles.icon, tones[look.tone])} aria-hidden />
          {sureness.words}
        </span>
      )}
      {sureness.because !== '' && <span className={styles.because}>{sureness.because}</span>}
    </td>
  )
}

/** Headings and widths, the same for both tables of the page. */
const heads = [
  ['Source column', '16%'],
  ['Sample data', '28%'],
  ['Assign as', '230px'],
  ['How sure, and why', 'auto']
] as const

interface RowProps {
  readonly column: Column
  /** The column's title, or its place. */
  readonly name: string
  readonly index: number
  readonly field: Field | null
  readonly touched: boolean
  readonly disabled: boolean
  onAssign(index: number, field: Field | null): void
}

function ColumnRow({ column, name, index, field, touched, disabled, onAssign }: RowProps) {
  const styles = useStyles()
  const sureness = surenessOf(column, field, touched)
  const whyId = `why-column-${index}`
  return (
    <tr data-column={index}>
      <th scope="row" className={mergeClasses(styles.cell, sureness.kind === 'open' && styles.open)}>
        {name}
      </th>
      <td className={mergeClasses(styles.cell, styles.samples)}>
        {column.samples.length === 0 && '(empty)'}
        {samplesOf(column, field).map((sample, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: samples are texts in file order and may repeat
          <div key={place} className={styles.sample} title={sample}>
            {sample}
          </div>
        ))}
      </td>
      <td className={styles.cell}>
        <Select
          className={styles.assign}
          aria-label={`Assign ${name} as`}
          aria-describedby={whyId}
          value={field ?? ''}
          disabled={disabled}
          onChange={(_, data) => onAssign(index, fields.find((one) => one === data.value) ?? null)}
        >
          <option value="">Ignored</option>
          {fields.map((one) => (
            <option key={one} value={one}>
              {fieldTitles[one]}
              {mandatory.includes(one) ? ' (needed)' : ''}
            </option>
          ))}
        </Select>
      </td>
      <Why id={whyId} sureness={sureness} />
    </tr>
  )
}

interface TableProps {
  /** What the table is called for screen readers. */
  readonly label: string
  readonly columns: readonly Column[]
  /** Places of the columns to show. */
  readonly shown: readonly number[]
  readonly fields: readonly (Field | null)[]
  /** Places that the person has chosen since the core answered. */
  readonly touched: readonly number[]
  readonly disabled: boolean
  onAssign(index: number, field: Field | null): void
}

export function MappingTable({ label, columns, shown, fields: now, touched, disabled, onAssign }: TableProps) {
  const styles = useStyles()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map(([head, width]) => (
              <th key={head} scope="col" className={styles.head} style={{ width }}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((index) => {
            const column = columns[index]
            if (column === undefined) return null
            return (
              <ColumnRow
                key={index}
                column={column}
                name={columnName(columns, index)}
                index={index}
                field={now[index] ?? null}
                touched={touched.includes(index)}
                disabled={disabled}
                onAssign={onAssign}
              />
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
