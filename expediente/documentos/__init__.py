"""El papel: la única capa que importa docx, lxml y jinja2."""
