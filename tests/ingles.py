"""Las palabras que delatan un mensaje en inglés en lo que imprime el programa."""

import re

PALABRAS_INGLESAS = (
    # Click y Typer
    "Usage", "Options", "Option", "Arguments", "Argument", "Commands", "Command",
    "Missing", "Error:", "Try", "No such", "Invalid", "Aborted", "required", "requires",
    "default", "Show", "Show this", "and exit", "Got", "unexpected", "extra argument",
    "Did you mean", "Possible options", "Choose from", "Recognized values", "env var",
    "does", "is not", "must", "Takes", "takes a", "were given", "was given", "values",
    "Could not", "unknown", "deprecated", "DeprecationWarning", "dynamic", "completion",
    "Repeat for", "Press any key", "confirmation", "entered", "Editing failed", "supported",
    "Shell",
    # Los nombres de los tipos en la ayuda
    "TEXT", "INTEGER", "RANGE", "FLOAT", "BOOLEAN", "BOOL", "PATH", "FILE", "FILENAME",
    "DIRECTORY", "CHOICE", "DATETIME", "ARGS",
    # Las preguntas y los valores de Python
    "y/n", "yes", "True", "False", "None",
    # El sistema operativo y las trazas de Python
    "file or directory", "Permission denied", "Is a directory", "Traceback", "most recent call",
    # Las que aparecen en casi cualquier frase
    "the", "of", "for", "with", "this", "and", "not", "is", "to", "from", "help", "exit",
)  # fmt: skip

# Una palabra unida por guion o punto es parte de un nombre: `--help`, `plan.from`.
_INGLES = re.compile(
    r"(?<![\w.-])(?:"
    + "|".join(re.escape(p) for p in sorted(PALABRAS_INGLESAS, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


def palabras_inglesas_en(texto: str) -> list[str]:
    """Devuelve las de `PALABRAS_INGLESAS` que hay en `texto`, como palabras enteras.

    No distingue mayúsculas; salen en el orden en que aparecen.
    """
    return _INGLES.findall(texto)
