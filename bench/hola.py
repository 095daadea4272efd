"""Lo menos que cuesta una orden hecha con Typer: saludar."""

import typer


def hola(nombre: str = "mundo") -> None:
    print(f"Hola, {nombre}.")


if __name__ == "__main__":
    typer.run(hola)
