// Repairs that help many rows at once: the largest in one line, all of them when unfolded, blockers, warnings and notes apart.
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowSyncOffRegular, ChevronDownRegular, ChevronUpRegular, WandRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Severity } from '../../../shared/computer.ts'
import type { Repair } from '../../../shared/grid.ts'
import { counted } from '../../words.ts'
import { rowLooks, useTones } from '../tones.tsx'

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1
  },
  line: { display: 'flex', alignItems: 'center', gap: '10px', padding: '5px 8px 5px 12px', minWidth: 0 },
  wand: { fontSize: '20px', flexShrink: 0, color: tokens.colorBrandForeground1 },
  icon: { fontSize: '18px', flexShrink: 0 },
  title: { fontWeight: tokens.fontWeightSemibold, flexShrink: 0, maxWidth: '46%' },
  example: {
    flexGrow: 1,
    flexBasis: 0,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '11.5px'
  },
  words: { flexGrow: 1, minWidth: 0, color: tokens.colorNeutralForeground2 },
  all: {
    maxHeight: '206px',
    overflow: 'auto',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '2px 0 6px'
  },
  heading: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    margin: '8px 12px 0',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold
  },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  repair: { display: 'flex', alignItems: 'flex-start', gap: '10px', padding: '5px 8px 5px 12px' },
  body: { flexGrow: 1, minWidth: 0 },
  examples: {
    display: 'grid',
    margin: '2px 0 0',
    padding: 0,
    listStyleType: 'none',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '11.5px',
    color: tokens.colorNeutralForeground2
  },
  one: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  name: { fontFamily: tokens.fontFamilyBase }
})

const groups: readonly { severity: Severity; title: string }[] = [
  { severity: 'blocker', title: 'Must be repaired' },
  { severity: 'warning', title: 'Warnings' },
  { severity: 'note', title: 'Notes' }
]

/** What the groups are together: notes need no repair. */
function repairsWords(repairs: readonly Repair[]): string {
  const notes = repairs.filter(({ severity }) => severity === 'note').length
  const helping = repairs.length - notes
  if (helping === 0) return 'Nothing here has to be repaired'
  return `${counted(helping, 'repair')} would help`
}

const exampleWords = ({ from, to }: Repair['examples'][number]): string =>
  `${from === '' ? '(empty)' : from} → ${to === '' ? '(empty)' : to}`

interface PanelProps {
  readonly repairs: readonly Repair[]
  /** Computers for which automatic in-band provisioning is prevented. */
  readonly prevented: number
  onRepair(id: string): void
  onAllowAll(): void
}

function RepairEntry({ repair, onRepair }: { readonly repair: Repair; onRepair(id: string): void }) {
  const styles = useStyles()
  return (
    <li className={styles.repair} data-repair={repair.id}>
      <div className={styles.body}>
        {repair.title}
        <ul className={styles.examples} aria-label="Examples">
          {repair.examples.map((example) => (
            <li key={example.row} className={styles.one} title={exampleWords(example)}>
              <span className={styles.name}>{example.name === '' ? '' : `${example.name}: `}</span>
              {exampleWords(example)}
            </li>
          ))}
        </ul>
      </div>
      <Button
        size="small"
        aria-label={`${repair.action}: ${repair.title}`}
        data-repair-now={repair.id}
        onClick={() => onRepair(repair.id)}
      >
        {repair.action}
      </Button>
    </li>
  )
}

/** Computers of an exported file: the mark, and the button that lifts it for all of them. */
function Prevented({ prevented, onAllowAll }: Pick<PanelProps, 'prevented' | 'onAllowAll'>) {
  const styles = useStyles()
  return (
    <div className={styles.line} data-prevented={prevented}>
      <ArrowSyncOffRegular className={styles.wand} aria-hidden />
      <span className={styles.words}>
        {counted(prevented, 'computer')} came with an exported file: automatic in-band provisioning is prevented.
      </span>
      <Button size="small" onClick={onAllowAll}>
        Enable automatic provisioning for all
      </Button>
    </div>
  )
}

function AllRepairs({ repairs, onRepair }: Pick<PanelProps, 'repairs' | 'onRepair'>) {
  const styles = useStyles()
  const tones = useTones()
  return (
    <div className={styles.all} id="all-repairs">
      {groups.map(({ severity, title }) => {
        const own = repairs.filter((repair) => repair.severity === severity)
        const { icon: Icon, tone } = rowLooks[severity]
        return (
          own.length > 0 && (
            <div key={severity}>
              <h2 className={styles.heading}>
                <Icon className={mergeClasses(styles.icon, tones[tone])} aria-hidden />
                {title}
              </h2>
              <ul className={styles.list}>
                {own.map((repair) => (
                  <RepairEntry key={repair.id} repair={repair} onRepair={onRepair} />
                ))}
              </ul>
            </div>
          )
        )
      })}
    </div>
  )
}

export function RepairsPanel({ repairs, prevented, onRepair, onAllowAll }: PanelProps) {
  const styles = useStyles()
  const tones = useTones()
  const [unfolded, setUnfolded] = useState(false)
  const [first] = repairs
  if (first === undefined && prevented === 0) return null
  const { icon: Icon, tone, word } = rowLooks[first?.severity ?? 'note']
  const example = first?.examples[0]
  const listed = unfolded && repairs.length > 1
  return (
    <section className={styles.panel} aria-label="Repairs" data-repairs={repairs.length}>
      {first !== undefined && (
        <div className={styles.line}>
          <WandRegular className={styles.wand} aria-hidden />
          {listed ? (
            <strong className={styles.words}>{repairsWords(repairs)}</strong>
          ) : (
            <>
              <Icon className={mergeClasses(styles.icon, tones[tone])} role="img" aria-label={word} />
              <span className={styles.title}>{first.title}</span>
              <span className={styles.example} title={example && exampleWords(example)}>
                {example && exampleWords(example)}
              </span>
              <Button
                size="small"
                // A note asks for nothing.
                appearance={first.severity === 'note' ? 'secondary' : 'primary'}
                onClick={() => onRepair(first.id)}
                data-repair-now={first.id}
              >
                {first.action}
              </Button>
            </>
          )}
          {repairs.length > 1 && (
            <Button
              size="small"
              icon={listed ? <ChevronUpRegular /> : <ChevronDownRegular />}
              iconPosition="after"
              aria-expanded={listed}
              aria-controls={listed ? 'all-repairs' : undefined}
              onClick={() => setUnfolded(!unfolded)}
            >
              {listed ? 'Fold' : `All ${repairs.length}`}
            </Button>
          )}
        </div>
      )}
      {listed && <AllRepairs repairs={repairs} onRepair={onRepair} />}
      {prevented > 0 && <Prevented prevented={prevented} onAllowAll={onAllowAll} />}
    </section>
  )
}
