/** The page's entrance; see start.tsx. By itself, so that all that every page of the chat needs is one file. */
import './start.tsx'
