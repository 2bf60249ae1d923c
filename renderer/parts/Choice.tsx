// One question with its answers as radio buttons.
import { Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { Card } from './Card.tsx'

export interface Option<T extends string> {
  readonly value: T
  readonly title: string
  /** A second line under the title. */
  readonly hint?: string
}

interface ChoiceProps<T extends string> {
  readonly question: string
  readonly hint?: string
  readonly options: readonly Option<T>[]
  /** '' while unanswered. */
  readonly value: T | ''
  readonly vertical?: boolean
  onChange(value: T): void
}

const useStyles = makeStyles({
  card: { padding: '10px 16px 8px' },
  question: { fontWeight: tokens.fontWeightSemibold },
  row: { columnGap: '8px', flexWrap: 'wrap' },
  title: { color: tokens.colorNeutralForeground1 },
  hint: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 }
})

export function Choice<T extends string>({
  question,
  hint,
  options,
  value,
  vertical = false,
  onChange
}: ChoiceProps<T>) {
  const styles = useStyles()
  return (
    <Card className={styles.card}>
      <Field label={{ children: question, className: styles.question }} hint={hint ?? null}>
        <RadioGroup
          layout={vertical ? 'vertical' : 'horizontal'}
          className={styles.row}
          value={value}
          onChange={(_, data) => {
            const chosen = options.find((option) => option.value === data.value)
            if (chosen !== undefined) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <Radio
              key={option.value}
              value={option.value}
              label={
                option.hint === undefined ? (
                  <span className={styles.title}>{option.title}</span>
                ) : (
                  <>
                    <span className={styles.title}>{option.title}</span>
                    <span className={styles.hint}>{option.hint}</span>
                  </>
                )
              }
            />
          ))}
        </RadioGroup>
      </Field>
    </Card>
  )
}
