// Migration Strategy: questions at the left, advice at the right that changes while answering.
import { makeStyles } from '@fluentui/react-components'
import { routesInPlay, ticked } from '../../shared/checklist.ts'
import { type Answers, advise } from '../../shared/strategy.ts'
import { useCurrentDraft, useDraft } from '../draftStore.ts'
import { AdvicePanel } from '../parts/AdvicePanel.tsx'
import { Card } from '../parts/Card.tsx'
import { Checklist } from '../parts/Checklist.tsx'
import { Choice, type Option } from '../parts/Choice.tsx'
import { SetUpNotice } from '../parts/outOfBand/SetUpNotice.tsx'
import { Title } from '../parts/Title.tsx'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(320px, 2fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' }
  },
  questions: { display: 'flex', flexDirection: 'column', gap: '10px', minWidth: 0 }
})

interface Question {
  readonly key: keyof Answers
  readonly text: string
  readonly hint?: string
  readonly options: readonly Option<string>[]
  /** Asked only when it can matter. */
  readonly when?: (answers: Answers) => boolean
}

const yesNo = [
  { value: 'yes', title: 'Yes' },
  { value: 'no', title: 'No' },
  { value: '', title: 'Not sure yet' }
] as const

const questions: readonly Question[] = [
  {
    key: 'client',
    text: 'Will the Configuration Manager 2007 SP1 (or later) client be installed on them?',
    options: yesNo
  },
  {
    key: 'native',
    text: 'How many of them run AMT 3.2.1 or later?',
    hint: 'From here on versions can be natively supported; once a file is read, the version of each row counts.',
    options: [
      { value: 'all', title: 'All' },
      { value: 'some', title: 'Some' },
      { value: 'none', title: 'None' },
      { value: '', title: 'Not sure yet' }
    ]
  },
  {
    key: 'natives',
    text: 'Which of them does your Configuration Manager support natively?',
    hint: 'The list for SP1 names 3.2.1, 4.0 and 5.0. No list for SP2 was found, so this is yours to decide.',
    options: [
      { value: 'sp1', title: 'Those listed for SP1' },
      { value: 'later', title: 'Those and every later version' },
      { value: '', title: 'Not sure yet' }
    ],
    when: ({ native }) => native !== 'none'
  },
  {
    key: 'exportUtility',
    text: 'Can the other management solution export a file that suits Configuration Manager?',
    options: yesNo
  },
  {
    key: 'time',
    text: 'Is there enough time to export, import and provision within the export utility’s time limit?',
    hint: 'Its documentation names the limit, if there is one.',
    options: yesNo,
    when: ({ exportUtility }) => exportUtility !== 'no'
  },
  {
    key: 'translator',
    text: 'Is the Intel WS-MAN translator installed on the out of band service point?',
    hint: 'Needed only for AMT versions before 3.2.1.',
    options: yesNo,
    when: ({ native }) => native !== 'all'
  },
  {
    key: 'information',
    text: 'Can you give name, FQDN and SMBIOS GUID of every computer yourself?',
    hint: 'In a file of your own, or typed in.',
    options: yesNo
  },
  {
    key: 'partial',
    text: 'Was the old provisioning information removed only partially, or will it be?',
    hint: 'A partial removal keeps the AMT remote admin password.',
    options: yesNo
  }
]

/** The answers with one changed; '' takes it back. */
function answered(answers: Answers, key: keyof Answers, value: string): Answers {
  const { [key]: _, ...others } = answers
  return value === '' ? others : { ...others, [key]: value }
}

/** What is to be done around the wizard, as soon as it is known on which route. */
function Steps() {
  const { answers, checklist, routes } = useCurrentDraft()
  const inPlay = routesInPlay(advise(answers).route ?? null, routes)
  const tick = (item: string, done: boolean): void =>
    useDraft.getState().change({ checklist: ticked(checklist, item, done ? { at: Date.now() } : null) })
  return (
    <Card title="Checklist">
      {inPlay.length === 0 ? (
        'Once the route is decided, its steps stand here to be ticked.'
      ) : (
        <Checklist routes={inPlay} answers={answers} ticks={checklist} onTick={tick} />
      )}
    </Card>
  )
}

export function StrategyPage() {
  const styles = useStyles()
  const draft = useCurrentDraft()
  const { answers, routes } = draft
  const { change } = useDraft.getState()
  return (
    <>
      <Title intro="How shall these computers leave the other management solution? There are three routes; what you know decides.">
        Migration Strategy
      </Title>
      <SetUpNotice draft={draft} />
      <div className={styles.columns}>
        <div className={styles.questions}>
          {questions
            .filter(({ when }) => when === undefined || when(answers))
            .map(({ key, text, hint, options }) => (
              <Choice
                key={key}
                question={text}
                {...(hint !== undefined && { hint })}
                options={options}
                value={answers[key] ?? ''}
                onChange={(value) => change({ answers: answered(answers, key, value) })}
              />
            ))}
        </div>
        <AdvicePanel answers={answers} counts={routes} />
      </div>
      <Steps />
    </>
  )
}
