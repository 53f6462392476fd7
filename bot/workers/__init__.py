"""Processes of our own that may be killed: ``outside`` starts and asks them, ``inside`` they serve.

What reads the bytes of strangers runs in one: it holds no secrets, and its death costs one answer.
"""
