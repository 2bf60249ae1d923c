// The checklist of a route: steps by phase, each with its reason and whose work it is, ticked with when and by whom.
import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { checklistFor, phases, phaseTitles, type Tick, type Ticks } from '../../shared/checklist.ts'
import { type Answers, type Route, routeShort } from '../../shared/strategy.ts'
import { counted, dateTime, number } from '../words.ts'

const useStyles = makeStyles({
  line: { margin: 0, color: tokens.colorNeutralForeground2, lineHeight: tokens.lineHeightBase300 },
  phase: { margin: '6px 0 0', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  item: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) minmax(150px, 220px)',
    columnGap: '16px',
    alignItems: 'start',
    padding: '2px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 800px)': { gridTemplateColumns: 'auto minmax(0, 1fr)' }
  },
  text: { display: 'block', padding: '6px 0 0', lineHeight: tokens.lineHeightBase300, cursor: 'pointer' },
  small: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere'
  },
  only: { fontWeight: tokens.fontWeightSemibold },
  why: { margin: '0 0 6px' },
  who: { padding: '8px 0 6px', '@media (max-width: 800px)': { gridColumn: 2, paddingTop: 0 } },
  done: { display: 'block', color: tokens.colorStatusSuccessForeground1 }
})

interface ChecklistProps {
  /** Routes in play; an item that is not for all of them says for which. */
  readonly routes: readonly Route[]
  readonly answers: Answers
  readonly ticks: Ticks
  onTick(item: string, done: boolean): void
}

const tickWords = ({ at, by }: Tick): string => `Done ${dateTime(at)}${by === undefined ? '' : ` by ${by}`}`

export function Checklist({ routes, answers, ticks, onTick }: ChecklistProps) {
  const styles = useStyles()
  const items = checklistFor(routes, answers)
  const done = items.filter(({ id }) => ticks[id] !== undefined).length
  return (
    <>
      <p className={styles.line} data-ticked={done}>
        {number(done)} of {counted(items.length, 'step')} done. Ticks are kept with the import and printed in the
        report. The original page’s own lists are lost; these steps are put together from the topics it leads to.
      </p>
      {phases.map((phase) => {
        const ofPhase = items.filter((item) => item.phase === phase)
        if (ofPhase.length === 0) return null
        return (
          <section key={phase} aria-label={phaseTitles[phase]}>
            <h3 className={styles.phase}>{phaseTitles[phase]}</h3>
            <ul className={styles.list}>
              {ofPhase.map(({ id, text, why, who, source, routes: own }) => {
                const tick = ticks[id]
                const only = routes.filter((route) => own.includes(route))
                return (
                  <li key={id} className={styles.item} data-item={id} data-done={tick !== undefined}>
                    <Checkbox
                      id={`step-${id}`}
                      checked={tick !== undefined}
                      onChange={(_, data) => onTick(id, data.checked === true)}
                      aria-describedby={`why-${id}`}
                    />
                    <div>
                      <label htmlFor={`step-${id}`} className={styles.text}>
                        {text}
                      </label>
                      <p id={`why-${id}`} className={mergeClasses(styles.small, styles.why)}>
                        {only.length < routes.length && (
                          <span className={styles.only}>
                            {only.map((route) => routeShort[route]).join(', ')} only.{' '}
                          </span>
                        )}
                        {why}
                      </p>
                    </div>
                    <div className={mergeClasses(styles.small, styles.who)} title={`Source: ${source}`}>
                      {who}
                      {tick !== undefined && <span className={styles.done}>{tickWords(tick)}</span>}
                    </div>
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
    </>
  )
}
