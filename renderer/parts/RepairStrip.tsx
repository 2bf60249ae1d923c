// Below the grid: what is wrong with the chosen row, and the buttons that help.
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Field } from '../../shared/computer.ts'
import type { Row } from '../../shared/contract.ts'
import { Card } from './Card.tsx'
import { ProblemWords } from './ProblemStrip.tsx'
import { rowLooks, useTones } from './tones.tsx'

const useStyles = makeStyles({
  strip: { height: '142px', boxSizing: 'border-box', overflow: 'auto', padding: '10px 16px' },
  line: { display: 'flex', gap: '12px', alignItems: 'flex-start' },
  icon: { fontSize: '20px', flexShrink: 0 },
  words: { flexGrow: 1, minWidth: 0 },
  actions: { display: 'flex', gap: '8px', flexShrink: 0, flexWrap: 'wrap', justifyContent: 'flex-end' },
  quiet: { color: tokens.colorNeutralForeground2 }
})

/** Keeps the strip's place while its row is being read, so that the grid above does not jump. */
export function EmptyStrip() {
  const styles = useStyles()
  return <Card className={styles.strip}>{null}</Card>
}

interface StripProps {
  readonly row: Row
  onEdit(field: Field): void
  onLeaveOut(leftOut: boolean): void
}

const weight = { blocker: 0, warning: 1, note: 2 } as const

function LeaveOut({ row, onLeaveOut }: Pick<StripProps, 'row' | 'onLeaveOut'>) {
  return (
    <Button onClick={() => onLeaveOut(!row.leftOut)} title="Delete">
      {row.leftOut ? 'Take it back' : 'Leave row out'}
    </Button>
  )
}

/** "Line 5, FIN-0233" */
const rowName = (row: Row): string => {
  const name = row.values.name === undefined || row.values.name === '' ? 'this row' : row.values.name
  return row.line === 0 ? name : `Line ${row.line}, ${name}`
}

export function RepairStrip({ row, onEdit, onLeaveOut }: StripProps) {
  const styles = useStyles()
  const tones = useTones()
  const issues = [...row.issues].sort((a, b) => weight[a.severity] - weight[b.severity])
  if (row.leftOut || issues.length === 0) {
    return (
      <Card className={styles.strip}>
        <div className={styles.line}>
          <span className={mergeClasses(styles.words, styles.quiet)}>
            {row.leftOut
              ? `${rowName(row)} is left out and will not be touched.`
              : `${rowName(row)}: nothing to repair.`}
          </span>
          <LeaveOut row={row} onLeaveOut={onLeaveOut} />
        </div>
      </Card>
    )
  }
  return (
    <Card className={styles.strip}>
      {issues.map(({ field, severity, problem }, place) => {
        const { icon: Icon, tone, word } = rowLooks[severity]
        return (
          <div key={`${problem.code} ${field}`} className={styles.line} data-issue={problem.code}>
            <Icon className={mergeClasses(styles.icon, tones[tone])} role="img" aria-label={word} />
            <div className={styles.words}>
              {/* Which row and field it is can be seen in the grid. */}
              <ProblemWords problem={{ ...problem, where: undefined }} />
            </div>
            <div className={styles.actions}>
              {field !== null && (
                <Button
                  appearance={severity === 'blocker' && place === 0 ? 'primary' : 'secondary'}
                  title="F2"
                  onClick={() => onEdit(field)}
                >
                  Edit
                </Button>
              )}
              {place === 0 && <LeaveOut row={row} onLeaveOut={onLeaveOut} />}
            </div>
          </div>
        )
      })}
    </Card>
  )
}
