// A white surface with an optional heading: the one box that pages are made of.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '14px 16px',
    minWidth: 0,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    flexShrink: 0
  },
  heading: {
    margin: 0,
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold
  }
})

export function Card(props: {
  readonly title?: string
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  const styles = useStyles()
  const id = useId()
  return (
    <section
      className={mergeClasses(styles.card, props.className)}
      aria-labelledby={props.title === undefined ? undefined : id}
    >
      {props.title !== undefined && (
        <h2 id={id} className={styles.heading}>
          {props.title}
        </h2>
      )}
      {props.children}
    </section>
  )
}
