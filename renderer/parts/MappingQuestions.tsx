// Above the table: what a person has to choose before the mapping is complete, with the columns that come into question.
import {
  Field as Labelled,
  makeStyles,
  mergeClasses,
  Radio,
  RadioGroup,
  Select,
  tokens
} from '@fluentui/react-components'
import { CheckmarkCircleFilled, ErrorCircleFilled } from '@fluentui/react-icons'
import { type Field, fieldTitles } from '../../shared/computer.ts'
import type { Column } from '../../shared/draft.ts'
import { isChosen } from '../../shared/mapping.ts'
import { Card } from './Card.tsx'
import { columnName, mandatory, type Question, samplesOf } from './mappingWords.ts'
import { useTones } from './tones.tsx'

const useStyles = makeStyles({
  question: { display: 'flex', gap: '10px', alignItems: 'flex-start' },
  icon: { fontSize: '20px', flexShrink: 0, marginTop: '6px' },
  body: { flexGrow: 1, minWidth: 0 },
  label: { fontWeight: tokens.fontWeightSemibold },
  sample: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere'
  },
  select: { maxWidth: '420px' }
})

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five']
const nobody = 'nobody'

interface QuestionProps {
  readonly question: Question
  readonly columns: readonly Column[]
  readonly fields: readonly (Field | null)[]
  readonly touched: readonly number[]
  readonly disabled: boolean
  /** The column (null = none of them) that is the field. */
  onAnswer(question: Question, column: number | null): void
}

type Asked = Pick<QuestionProps, 'question' | 'columns' | 'fields' | 'touched'>

/** The answer as it stands: a column's place, none of them, or '' while it is open. */
function answerOf({ question, columns, fields, touched }: Asked): string {
  const at = fields.indexOf(question.field)
  if (at >= 0) return String(at)
  const decided = (index: number): boolean => {
    const column = columns[index]
    return touched.includes(index) || (column !== undefined && isChosen(column))
  }
  return question.kind === 'tie' && question.columns.every(decided) ? nobody : ''
}

/** Whether Start may be reached with the answer as it stands. */
function isSettled(asked: Asked): boolean {
  const answer = answerOf(asked)
  const { field, kind } = asked.question
  if (answer === '' && kind === 'tie') return false
  if (answer !== '' && answer !== nobody) return true
  // The name can be taken from the FQDN on the next page.
  return !mandatory.includes(field) || (field === 'name' && asked.fields.includes('fqdn'))
}

function Tie({ question, columns, disabled, onAnswer, ...now }: QuestionProps) {
  const styles = useStyles()
  const { field } = question
  const answer = answerOf({ question, columns, ...now })
  const many = numbers[question.columns.length] ?? question.columns.length
  return (
    <Labelled
      label={{
        children: `${many} columns could be the ${fieldTitles[field]}. Which one is it?`,
        className: styles.label
      }}
      hint={isSettled({ question, columns, ...now }) || answer === '' ? null : remedy(field, now.fields)}
    >
      <RadioGroup
        layout="vertical"
        disabled={disabled}
        value={answer}
        onChange={(_, data) => onAnswer(question, data.value === nobody ? null : Number(data.value))}
      >
        {question.columns.map((index) => {
          const column = columns[index]
          if (column === undefined) return null
          return (
            <Radio
              key={index}
              value={String(index)}
              label={
                <>
                  {columnName(columns, index)}
                  <span className={styles.sample}>{samplesOf(column, field).join(' · ') || '(empty)'}</span>
                </>
              }
            />
          )
        })}
        <Radio value={nobody} label="None of them" />
      </RadioGroup>
    </Labelled>
  )
}

/** What is said below a mandatory field that has no column. */
const remedy = (field: Field, fields: readonly (Field | null)[]): string =>
  field === 'name' && fields.includes('fqdn')
    ? 'It may stay open: Data Preview can take the names from the FQDNs, for all rows at once.'
    : 'Every computer needs it.'

function Gap({ question, columns, disabled, onAnswer, ...now }: QuestionProps) {
  const styles = useStyles()
  const { field } = question
  const answer = answerOf({ question, columns, ...now })
  // The column in use stays in the list, so that the answer can be seen and taken back.
  const open = columns.flatMap((_, index) => (now.fields[index] === null || String(index) === answer ? [index] : []))
  return (
    <Labelled
      label={{ children: `Which column holds the ${fieldTitles[field]}?`, className: styles.label }}
      hint={remedy(field, now.fields)}
    >
      <Select
        className={styles.select}
        value={answer}
        disabled={disabled}
        onChange={(_, data) => onAnswer(question, data.value === '' ? null : Number(data.value))}
      >
        <option value="">{open.length === 0 ? 'Every column is taken for another field' : 'Choose a column'}</option>
        {open.map((index) => {
          const column = columns[index]
          const sample = column === undefined ? '' : (samplesOf(column, field)[0] ?? '')
          return (
            <option key={index} value={String(index)}>
              {columnName(columns, index)}
              {sample === '' ? '' : ` (${sample})`}
            </option>
          )
        })}
      </Select>
    </Labelled>
  )
}

/** All questions of a mapping. Answered ones stay where they are, so that nothing moves under the pointer. */
export function MappingQuestions({
  questions,
  ...rest
}: Omit<QuestionProps, 'question'> & { readonly questions: readonly Question[] }) {
  const styles = useStyles()
  const tones = useTones()
  if (questions.length === 0) return null
  return (
    <Card title="Please choose">
      {questions.map((question) => {
        const Ask = question.kind === 'tie' ? Tie : Gap
        const settled = isSettled({ question, ...rest })
        const Icon = settled ? CheckmarkCircleFilled : ErrorCircleFilled
        return (
          <div key={question.field} className={styles.question} data-question={question.field}>
            <Icon
              className={mergeClasses(styles.icon, tones[settled ? 'done' : 'person'])}
              role="img"
              aria-label={settled ? 'Settled' : 'Still to be chosen'}
            />
            <div className={styles.body}>
              <Ask question={question} {...rest} />
            </div>
          </div>
        )
      })}
    </Card>
  )
}
