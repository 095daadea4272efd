"""El mostrador: la única capa que importa typer y rich."""
