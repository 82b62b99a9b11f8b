"""Answers to text, JSON and Markdown; nothing here decides anything."""
