// Below the grid: the chosen row in words: what is wrong, what the file said, how it differs from what was known, its route.
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowSyncOffRegular } from '@fluentui/react-icons'
import { type Field, fieldTitles, isSecret } from '../../../shared/computer.ts'
import type { Row } from '../../../shared/grid.ts'
import { routeTitles } from '../../../shared/strategy.ts'
import { useDraft } from '../../draftStore.ts'
import { Card } from '../Card.tsx'
import { ProblemWords } from '../ProblemStrip.tsx'
import { Badge, rowLooks, useTones } from '../tones.tsx'
import { rowName } from './columns.ts'

const useStyles = makeStyles({
  strip: { height: '136px', boxSizing: 'border-box', overflow: 'auto', padding: '8px 14px', gap: '6px' },
  head: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  name: { fontWeight: tokens.fontWeightSemibold, marginRight: 'auto' },
  line: { display: 'flex', gap: '10px', alignItems: 'flex-start' },
  icon: { fontSize: '20px', flexShrink: 0 },
  words: { flexGrow: 1, minWidth: 0 },
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '2px 12px', margin: 0 },
  term: { color: tokens.colorNeutralForeground3 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  revert: { marginLeft: '10px' }
})

/** Keeps the strip's place while its row is being read, so that the grid above does not jump. */
export function EmptyStrip() {
  const styles = useStyles()
  return <Card className={styles.strip}>{null}</Card>
}

interface StripProps {
  readonly row: Row
  /** Field of the active cell. */
  readonly field: Field | undefined
  onEdit(field: Field): void
  onRevert(field: Field): void
  onLeaveOut(leftOut: boolean): void
  onAllowAutomatic(): void
}

const weight = { blocker: 0, warning: 1, note: 2 } as const

/** What concerns the active cell first, then by weight. */
const ordered = ({ issues }: Row, field: Field | undefined): Row['issues'] => {
  const rank = (issue: Row['issues'][number]): number => weight[issue.severity] - (issue.field === field ? 10 : 0)
  return issues.toSorted((a, b) => rank(a) - rank(b))
}

function Issues({ row, field, onEdit }: Pick<StripProps, 'row' | 'field' | 'onEdit'>) {
  const styles = useStyles()
  const tones = useTones()
  return ordered(row, field).map(({ field: own, severity, problem }, place) => {
    const { icon: Icon, tone, word } = rowLooks[severity]
    return (
      <div
        key={`${problem.code} ${own}`}
        id={own === null ? undefined : `issue-${own}`}
        className={styles.line}
        data-issue={problem.code}
      >
        <Icon className={mergeClasses(styles.icon, tones[tone])} role="img" aria-label={word} />
        <div className={styles.words}>
          <ProblemWords problem={{ ...problem, where: own === null ? undefined : fieldTitles[own] }} />
        </div>
        {own !== null && severity !== 'note' && (
          <Button
            size="small"
            appearance={severity === 'blocker' && place === 0 ? 'primary' : 'secondary'}
            title="F2"
            aria-label={`Edit ${fieldTitles[own]}`}
            onClick={() => onEdit(own)}
          >
            Edit
          </Button>
        )}
      </div>
    )
  })
}

/** Facts of the row that are no problem. */
function Facts({ row, field, onRevert }: Pick<StripProps, 'row' | 'field' | 'onRevert'>) {
  const styles = useStyles()
  const titles = (fields: readonly Field[]): string => fields.map((one) => fieldTitles[one]).join(', ')
  const found = field === undefined || isSecret(field) ? undefined : row.found[field]
  const { route, reasons } = row.advice
  return (
    <dl className={styles.facts}>
      {field !== undefined && found !== undefined && (
        <>
          <dt className={styles.term}>In the file</dt>
          <dd className={styles.fact} data-found={field}>
            <span className={styles.mono}>{found === '' ? '(empty)' : found}</span>
            <Button
              className={styles.revert}
              size="small"
              title="Alt+R"
              aria-label={`Revert ${fieldTitles[field]} to the text in the file`}
              onClick={() => onRevert(field)}
            >
              Revert
            </Button>
          </dd>
        </>
      )}
      {row.differs.length > 0 && (
        <>
          <dt className={styles.term}>Differs from what was known</dt>
          <dd className={styles.fact}>{titles(row.differs)}</dd>
        </>
      )}
      {row.edited.length > 0 && (
        <>
          <dt className={styles.term}>Changed here</dt>
          <dd className={styles.fact}>{titles(row.edited)}</dd>
        </>
      )}
      <dt className={styles.term}>Route</dt>
      <dd className={styles.fact} data-route={route}>
        {route === null ? 'Not decided yet' : routeTitles[route]}.{reasons.length > 0 && ` ${reasons.join(' ')}`}
      </dd>
    </dl>
  )
}

const knownSentences: Readonly<Record<Row['known'], string>> = {
  none: '',
  new: 'New',
  changed: 'Changed',
  same: 'Same as known',
  missing: 'Not in this file'
}

export function RowStrip(props: StripProps) {
  const { row, onLeaveOut, onAllowAutomatic } = props
  const styles = useStyles()
  const source = useDraft((state) => state.draft?.source)
  const naming = source?.kind === 'file' && source.earlier.length > 0
  return (
    <Card className={styles.strip}>
      <div className={styles.head}>
        <span className={styles.name}>
          {rowName(row, naming)}
          {row.leftOut && ' is left out and will not be touched.'}
          {!row.leftOut && !row.issues.some(({ severity }) => severity !== 'note') && ': nothing to repair.'}
        </span>
        {row.known !== 'none' && <Badge tone="quiet">{knownSentences[row.known]}</Badge>}
        {row.automaticPrevented && (
          <>
            <Badge tone="asleep" icon={<ArrowSyncOffRegular aria-hidden />}>
              Automatic in-band provisioning prevented
            </Badge>
            <Button size="small" onClick={onAllowAutomatic}>
              Enable automatic provisioning
            </Button>
          </>
        )}
        <Button size="small" onClick={() => onLeaveOut(!row.leftOut)} title="Alt+Del">
          {row.leftOut ? 'Take it back' : 'Leave row out'}
        </Button>
      </div>
      {!row.leftOut && <Issues {...props} />}
      <Facts {...props} />
    </Card>
  )
}
