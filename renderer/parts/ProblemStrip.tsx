// A Problem in full: what, why, found and expected, what to do, and the raw detail to fold out and copy.
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CopyRegular, DismissRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Severity } from '../../shared/computer.ts'
import type { Problem } from '../../shared/problem.ts'
import { focusTitle } from './regions.ts'
import { rowLooks, useTones } from './tones.tsx'

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    gap: '12px',
    alignItems: 'flex-start',
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    flexShrink: 0
  },
  alarming: { border: `1px solid ${tokens.colorStatusDangerBorder2}` },
  icon: { fontSize: '20px', flexShrink: 0, marginTop: '1px' },
  text: { flexGrow: 1, minWidth: 0 }
})

const useText = makeStyles({
  words: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  line: { margin: 0 },
  facts: { display: 'flex', flexWrap: 'wrap', columnGap: '24px', rowGap: '2px', margin: 0 },
  fact: { display: 'flex', gap: '8px', alignItems: 'baseline', minWidth: 0 },
  term: { color: tokens.colorNeutralForeground3 },
  mono: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  raw: {
    margin: '4px 0',
    padding: '8px',
    maxHeight: '160px',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200
  },
  summary: { cursor: 'pointer', width: 'fit-content', color: tokens.colorBrandForegroundLink }
})

/** The words of a Problem, without a frame. */
export function ProblemWords({ problem, heading = true }: { readonly problem: Problem; readonly heading?: boolean }) {
  const styles = useText()
  const facts = [
    ['Where', problem.where],
    ['Found', problem.found],
    ['Expected', problem.expected]
  ].filter((fact): fact is [string, string] => fact[1] !== undefined)
  return (
    <div className={styles.words}>
      <p className={styles.line}>
        {heading && <strong>{problem.title}. </strong>}
        {problem.meaning}
      </p>
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([term, text]) => (
            <Fact key={term} term={term} text={text} />
          ))}
        </dl>
      )}
      <p className={styles.line}>
        <strong>What to do: </strong>
        {problem.remedy}
      </p>
      {problem.detail !== undefined && <Detail text={problem.detail} />}
    </div>
  )
}

function Fact({ term, text }: { readonly term: string; readonly text: string }) {
  const styles = useText()
  return (
    <div className={styles.fact}>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.mono}>{text}</dd>
    </div>
  )
}

function Detail({ text }: { readonly text: string }) {
  const styles = useText()
  return (
    <details>
      <summary className={styles.summary}>Technical detail</summary>
      <pre className={styles.raw}>{text}</pre>
      <Button size="small" icon={<CopyRegular />} onClick={() => void navigator.clipboard.writeText(text)}>
        Copy
      </Button>
    </details>
  )
}

interface StripProps {
  readonly problem: Problem
  readonly severity?: Severity
  /** Read out at once, as a problem that just happened. */
  readonly assertive?: boolean
  readonly actions?: ReactNode
  onDismiss?(): void
}

export function ProblemStrip({ problem, severity = 'blocker', assertive = false, actions, onDismiss }: StripProps) {
  const styles = useStyles()
  const tones = useTones()
  const { icon: Icon, tone, word } = rowLooks[severity]
  return (
    <section
      className={mergeClasses(styles.strip, assertive && styles.alarming)}
      role={assertive ? 'alert' : undefined}
      data-problem={problem.code}
    >
      <Icon className={mergeClasses(styles.icon, tones[tone])} aria-label={word} role="img" />
      <div className={styles.text}>
        <ProblemWords problem={problem} />
      </div>
      {actions}
      {onDismiss !== undefined && (
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label="Dismiss"
          onClick={() => {
            focusTitle()
            onDismiss()
          }}
        />
      )}
    </section>
  )
}
